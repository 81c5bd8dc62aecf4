package import DeliveryEvidence
package import DeliveryScenarios
package import WebhookContracts

/// Holds what happened in a scenario against the contract.
///
/// A pure function of its arguments: it waits for nothing, asks no clock, and evidence of any content gives verdicts.
package struct Judge {
    /// Judges one scenario: one merged verdict for each check that had an occasion, in the catalogue's order.
    ///
    /// A scenario that was not carried through can prove that a promise was broken, but not that one was kept: its held
    /// verdicts become inconclusive.
    package static func judge(
        scenario: Scenario,
        contract: Contract,
        history: ScenarioHistory,
        keys: Keyring,
        tolerance: JudgingTolerance
    ) -> ScenarioVerdict {
        let context = JudgingContext(
            scenario: scenario,
            contract: contract,
            history: history,
            keys: keys,
            tolerance: tolerance
        )
        var coverage = CoverageReading(context)
        let verdicts = CheckCatalogue.all.compactMap { check -> Verdict? in
            let findings = check.judge(context)
            coverage.see(findings, of: check.description.id)
            return Verdict.merging(findings, of: check.description.id, in: context)
        }
        return ScenarioVerdict(
            scenario: scenario.id,
            title: scenario.title,
            provider: contract.provider,
            file: scenario.path,
            verdicts: history.failure.map { failure in verdicts.map { $0.doubted(because: failure) } } ?? verdicts,
            failure: history.failure,
            coverage: coverage.coverage
        )
    }
}

extension Verdict {
    fileprivate func doubted(because failure: HarnessFailed) -> Verdict {
        guard outcome == .held else { return self }
        var doubted = self
        doubted.outcome = .inconclusive
        doubted.summary = "The scenario was not carried through, so that nothing is proven to hold."
        doubted.details = ["What stopped it (\(failure.component)): \(failure.message)", "Until then: \(summary)"]
        return doubted
    }
}
