import ContractJudging
import DeliveryEvidence
import DeliveryReports
import DeliveryScenarios
import ScenarioRunning
import WebhookContracts

/// Judges each scenario as it ends and keeps what it came to.
actor ResultCollector {
    private let loaded: [LoadedScenario]
    private let failFast: Bool
    private var results: [String: ScenarioReport] = [:]
    private var incompleteEvidence: String?
    /// The packets that were captured, by scenario.
    private(set) var captures: [String: CaptureWritten] = [:]

    init(loaded: [LoadedScenario], failFast: Bool) {
        self.loaded = loaded
        self.failFast = failFast
    }

    /// Says whether further scenarios should begin.
    var goesOn: Bool {
        !failFast || !results.values.contains { $0.verdict?.overall == .violated }
    }

    /// Judges a scenario that ended, and frees its evidence.
    func judge(_ run: FinishedScenario, in session: RunSession) -> ScenarioReport {
        let scenario = run.plan.scenario
        let history = session.log.history(of: scenario.id)
        let verdict = Judge.judge(
            scenario: scenario,
            contract: run.plan.contract,
            history: history,
            keys: Keyring(run.secrets.mapValues { KeyringFile.Entry($0).judged }),
            tolerance: JudgingTolerance()
        )
        session.log.release(scenario.id)
        captures[scenario.id] = history.capture
        let report = ScenarioReport(
            id: scenario.id,
            title: scenario.title,
            provider: run.plan.contract.provider,
            file: scenario.path,
            variants: scenario.variants,
            history: history,
            result: .judged(verdict)
        )
        results[scenario.id] = report
        return report
    }

    /// Notes that the evidence on disk lacks records.
    func noteIncompleteEvidence(_ why: String) {
        incompleteEvidence = why
    }

    /// Records what became of the scenarios that were not run although nothing says that they should be skipped.
    func recordNotRun(in log: EvidenceLog, at stamp: Stamp) {
        for report in loaded.map(result) {
            let cause: ScenarioNotRun.Cause
            var problems: String?
            switch report.result {
            case .judged, .skipped: continue
            case .notReached: cause = .notReached
            case .broken(let text):
                cause = .broken
                problems = text
            }
            let notRun = ScenarioNotRun(
                file: report.file,
                title: report.title,
                provider: report.provider,
                variants: report.variants,
                cause: cause,
                problems: problems
            )
            log.sink(for: report.id).record(.scenarioNotRun(notRun), at: stamp)
        }
    }

    /// Everything that became of the loaded scenarios.
    func report(_ facts: RunFacts) -> RunReport {
        var run = facts
        run.incompleteEvidence = incompleteEvidence
        return RunReport(run: run, scenarios: loaded.map(result))
    }

    private func result(of loaded: LoadedScenario) -> ScenarioReport {
        switch loaded {
        case .broken(let path, let problems):
            let id = LoadedScenario.id(of: path)
            return ScenarioReport(
                id: id,
                title: "not readable",
                provider: provider(ofFolder: id.prefix { $0 != "/" }),
                file: path,
                result: .broken(problems)
            )
        case .plan(let plan, _):
            if let result = results[plan.scenario.id] { return result }
            return ScenarioReport(
                id: plan.scenario.id,
                title: plan.scenario.title,
                provider: plan.contract.provider,
                file: plan.scenario.path,
                variants: plan.scenario.variants,
                result: plan.skipReason.map { .skipped(reason: $0) } ?? .notReached
            )
        }
    }

    /// The provider of a file that says none: that of another scenario in its folder, else the folder's name.
    private func provider(ofFolder folder: Substring) -> String {
        let neighbour = loaded.lazy.compactMap(\.plan).first { $0.scenario.id.hasPrefix(folder + "/") }
        return neighbour?.contract.provider ?? String(folder)
    }
}
