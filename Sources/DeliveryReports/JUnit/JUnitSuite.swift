import ContractJudging
import Foundation

/// One scenario as a JUnit suite.
struct JUnitSuite {
    let scenario: ScenarioReport
    /// Counts the scenarios of the same id from 1: readers keep only the first of two cases with the same names.
    let occurrence: Int
    let run: RunFacts
    let cases: [JUnitCase]

    init(_ scenario: ScenarioReport, occurrence: Int, run: RunFacts) {
        self.scenario = scenario
        self.occurrence = occurrence
        self.run = run
        cases = JUnitCase.cases(of: scenario, in: run)
    }

    var failures: Int { cases.count { if case .failure = $0.result { true } else { false } } }
    var errors: Int { cases.count { if case .error = $0.result { true } else { false } } }
    var skipped: Int { cases.count { if case .skipped = $0.result { true } else { false } } }

    func write(to writer: inout XMLWriter) {
        writer.element(
            "testsuite",
            [
                ("name", PlainText.headline("\(scenario.id): \(scenario.title)", limit: 500)),
                ("tests", String(cases.count)),
                ("failures", String(failures)),
                ("errors", String(errors)),
                ("skipped", String(skipped)),
                ("time", JUnitReport.seconds(scenario.duration)),
                ("timestamp", timestamp),
                ("hostname", run.host),
                ("file", scenario.file),
            ]
        ) { writer in
            writer.element("properties", []) { writer in
                for (name, value) in properties {
                    writer.element("property", [("name", name), ("value", value)])
                }
            }
            // Consumers add the times of the cases up, so the scenario's whole time stands at the first.
            for (index, single) in cases.enumerated() {
                single.write(to: &writer, className: className, time: index == 0 ? scenario.duration : .zero)
            }
        }
    }

    /// `<provider folder>.<scenario>`, stable from run to run.
    var className: String {
        scenario.id.replacing("/", with: ".") + (occurrence > 1 ? "-\(occurrence)" : "")
    }

    private var properties: [(String, String)] {
        [
            ("provider", scenario.provider),
            ("variants", scenario.variants.joined(separator: ", ")),
            ("dispatcher", run.dispatcher),
            ("seed", String(run.seed)),
            ("hookassay", run.tool),
        ].filter { !$0.1.isEmpty } + clock + coverage
    }

    /// What of the contract the scenario put to the test.
    private var coverage: [(String, String)] {
        guard let coverage = scenario.verdict?.coverage, !coverage.clauses.isEmpty else { return [] }
        return [
            ("hookassay.clauses", "\(coverage.exercised.count) of \(coverage.clauses.count)"),
            ("hookassay.limits-not-reached", coverage.unreached.joined(separator: ", ")),
        ].filter { !$0.1.isEmpty }
    }

    /// What the scenario's clock was; nothing when it was not run.
    private var clock: [(String, String)] {
        guard let clock = scenario.clock else { return [] }
        let name = [("hookassay.clock", clock.name)]
        guard clock.isWarped else { return name }
        let reason = clock.reason.map { [("hookassay.clock.reason", $0)] } ?? []
        return name + reason + [
            ("hookassay.clock.virtual-seconds", JUnitReport.seconds(clock.virtualDuration)),
            ("hookassay.clock.real-seconds", JUnitReport.seconds(scenario.duration)),
            ("hookassay.clock.exact-jumps", String(clock.exactJumps)),
            ("hookassay.clock.forced-steps", String(clock.forcedSteps)),
            ("hookassay.clock.holds", String(clock.holds)),
            ("hookassay.clock.longest-hold-seconds", JUnitReport.seconds(clock.longestHold)),
            ("hookassay.clock.skipped-ticks", String(clock.skippedTicks)),
            ("hookassay.clock.unseen", String(clock.doubts)),
        ]
    }

    /// When the scenario began: UTC, whole seconds, no zone, as JUnit's readers want it.
    private var timestamp: String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // A start that is not in that form is shown as it is: a report must not fail for it.
        guard let start = try? Date(run.startedAt, strategy: style) else { return run.startedAt }
        let began = start.addingTimeInterval(Double(Int(scenario.began / .milliseconds(1))) / 1000)
        return String(began.formatted(.iso8601).prefix(19))
    }
}
