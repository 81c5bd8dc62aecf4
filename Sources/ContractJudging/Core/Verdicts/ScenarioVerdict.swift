package import DeliveryEvidence

/// What the judge says about one scenario.
package struct ScenarioVerdict: Sendable {
    /// The scenario's id.
    package var scenario: String
    package var title: String
    /// The provider's name.
    package var provider: String
    /// The scenario file.
    package var file: String
    /// One per check that had an occasion, in the catalogue's order.
    package var verdicts: [Verdict]
    /// Why the scenario could not be carried through; `nil` when it could.
    package var failure: HarnessFailed?
    /// What of the contract it put to the test.
    package var coverage: ContractCoverage

    package init(
        scenario: String,
        title: String,
        provider: String,
        file: String,
        verdicts: [Verdict],
        failure: HarnessFailed?,
        coverage: ContractCoverage = ContractCoverage()
    ) {
        self.scenario = scenario
        self.title = title
        self.provider = provider
        self.file = file
        self.verdicts = verdicts
        self.failure = failure
        self.coverage = coverage
    }

    /// The heaviest outcome.
    ///
    /// A failed scenario without a proven violation is inconclusive, and so is one in which no check
    /// had an occasion.
    package var overall: Outcome {
        let heaviest = verdicts.map(\.outcome).max { $0.weight < $1.weight } ?? .inconclusive
        return failure != nil && heaviest != .violated ? .inconclusive : heaviest
    }

    /// The verdict of a check, or `nil` when it had no occasion.
    package func verdict(of check: CheckID) -> Verdict? {
        verdicts.first { $0.check == check }
    }
}
