import ContractJudging
import DeliveryEvidence
import DeliveryReports
import DeliveryScenarios
import Notation
import WebhookContracts

/// A run that is judged again from its evidence.
struct RecordedRun {
    let evidence: EvidenceRun
    let files: RecordedFiles
    /// The keys of the run; `nil` when they are not here.
    let keys: KeyringFile?
    let tolerance: JudgingTolerance
    /// The checks whose verdicts are wanted; all when it is empty.
    let checks: Set<CheckID>

    /// What became of a scenario, with what is to be known about it.
    struct Judged {
        var report: ScenarioReport
        var warnings: [String] = []
    }

    /// Judges one scenario.
    ///
    /// - Throws: a ``JudgeError`` when its files are not there or cannot be read.
    func judge(_ history: ScenarioHistory) throws(JudgeError) -> Judged {
        if let report = reportWithoutRun(history) { return Judged(report: report) }
        guard let opened = history.opened else {
            throw JudgeError(
                "\(files.evidence): the evidence of \(history.scenario) lacks its first record, which names its files; judge the"
                    + " others with --scenario"
            )
        }
        let found = try files.find(opened, of: history.scenario)
        let history = history.cutShort
        var verdict = Judge.judge(
            scenario: found.scenario,
            contract: found.contract,
            history: history,
            keys: keys?.keyring(of: history.scenario) ?? Keyring(),
            tolerance: tolerance
        )
        if !checks.isEmpty { verdict.verdicts.removeAll { !checks.contains($0.check) } }
        let report = ScenarioReport(
            id: history.scenario,
            title: found.scenario.title,
            provider: found.contract.provider,
            file: opened.file,
            variants: found.scenario.variants,
            history: history,
            result: .judged(verdict)
        )
        return Judged(report: report, warnings: found.warnings)
    }

    /// The report of a scenario that there is nothing to judge of.
    private func reportWithoutRun(_ history: ScenarioHistory) -> ScenarioReport? {
        if let skipped = history.skipped {
            return ScenarioReport(
                id: history.scenario,
                title: skipped.title,
                provider: skipped.provider,
                file: skipped.file,
                variants: skipped.variants ?? [],
                result: .skipped(reason: skipped.reason)
            )
        }
        guard let notRun = history.notRun else { return nil }
        return ScenarioReport(
            id: history.scenario,
            title: notRun.title,
            provider: notRun.provider,
            file: notRun.file,
            variants: notRun.variants,
            result: notRun.cause == .broken ? .broken(notRun.problems ?? "") : .notReached
        )
    }

    /// What the report says of the run as a whole.
    var facts: RunFacts {
        var facts = RunFacts(evidence.opened, until: evidence.end, interrupted: evidence.closed?.interrupted ?? false)
        let first = evidence.histories.lazy.compactMap(\.opened).first
        facts.dispatcher = evidence.opened.dispatcher ?? first?.dispatcher ?? ""
        facts.request = RunRequest(evidence: files.evidence)
        facts.incompleteEvidence = evidence.notes.isEmpty ? nil : evidence.notes.joined(separator: "; ")
        return facts
    }

    /// The status of the signal that ended the run; `nil` when none did.
    var interruption: ExitStatus? {
        guard let closed = evidence.closed, closed.interrupted else { return nil }
        return closed.signal == "INT" ? .interrupted : .terminated
    }
}

extension RunFacts {
    /// What a run's own head says of it.
    init(_ opened: RunOpened, until end: Stamp, interrupted: Bool) {
        let mark = "hookassay "
        self.init(
            tool: opened.tool.hasPrefix(mark) ? String(opened.tool.dropFirst(mark.count)) : opened.tool,
            dispatcher: opened.dispatcher ?? "",
            clock: opened.clock,
            host: opened.host,
            seed: opened.seed,
            startedAt: opened.startedAt,
            duration: end - Stamp(nanoseconds: 0),
            interrupted: interrupted
        )
    }
}

extension ScenarioHistory {
    /// The same history, or one that says so when its evidence ends before the scenario does.
    ///
    /// What was seen until then can prove that a promise was broken, and not that one was kept.
    fileprivate var cutShort: ScenarioHistory {
        guard opened != nil, closed == nil, failure == nil else { return self }
        var history = self
        history.failure = HarnessFailed(component: "harness", message: "the evidence ends before the scenario does")
        return history
    }
}
