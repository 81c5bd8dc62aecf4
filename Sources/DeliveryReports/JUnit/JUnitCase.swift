import ContractJudging
import DeliveryEvidence

/// One check of one scenario as a JUnit case.
struct JUnitCase {
    /// The name of the case that says whether the scenario could be carried through at all.
    static let carriedThrough = "The scenario is carried through"

    enum Result {
        case passed
        case failure(Problem)
        case error(Problem)
        case skipped(message: String)
    }

    /// What a failure or an error says of itself.
    struct Problem {
        /// From a set of our own with a full stop in it: some readers take `array`, `yaml` and the like for a type of data.
        var type: String
        var message: String
        var text: String
        /// The last line: where to look.
        var frame: String
    }

    var name: String
    var result: Result
    var output: String?

    static func cases(of scenario: ScenarioReport, in run: RunFacts) -> [JUnitCase] {
        switch scenario.result {
        case .skipped(let reason):
            return [JUnitCase(name: carriedThrough, result: .skipped(message: reason))]
        case .notReached:
            return [JUnitCase(name: carriedThrough, result: .skipped(message: "the run ended before it began"))]
        case .broken(let text):
            // A warning may stand before what really keeps the file from being used.
            let error = text.split(separator: "\n").first { $0.contains(": error: ") }
            let message = PlainText.headline(error.map(String.init) ?? text)
            let problem = Problem(
                type: "scenario.broken",
                message: message.isEmpty ? "the scenario cannot be read" : message,
                text: text,
                frame: SourceFrame.text(of: scenario)
            )
            return [JUnitCase(name: carriedThrough, result: .error(problem))]
        case .judged(let verdict):
            var first = JUnitCase(name: carriedThrough, result: .passed)
            let clock = scenario.clockLine.map { [$0] } ?? []
            if let failure = verdict.failure {
                first.result = .error(
                    Problem(
                        type: "harness.\(failure.component)",
                        message: failure.message,
                        text: ([failure.message] + clock).joined(separator: "\n"),
                        frame: SourceFrame.text(of: scenario)
                    )
                )
            }
            return [first] + verdict.verdicts.map { JUnitCase($0, in: scenario, of: run) }
        }
    }

    private init(name: String, result: Result) {
        self.name = name
        self.result = result
    }

    private init(_ verdict: Verdict, in scenario: ScenarioReport, of run: RunFacts) {
        let check = verdict.check.rawValue
        let title = CheckCatalogue.description(of: verdict.check)?.title ?? ""
        name = title.isEmpty ? check : "\(title) [\(check)]"
        switch verdict.outcome {
        case .held:
            result = .passed
            output = verdict.summary
        case .violated:
            result = .failure(Problem(verdict, type: "contract.\(check)", in: scenario, of: run))
        case .inconclusive:
            result = .error(Problem(verdict, type: "inconclusive.\(check)", in: scenario, of: run))
        case .unstated:
            result = .skipped(message: "unstated: \(verdict.summary)")
        }
    }

    func write(to writer: inout XMLWriter, className: String, time: Duration) {
        let attributes = [("classname", className), ("name", name), ("time", JUnitReport.seconds(time))]
        writer.element("testcase", attributes) { writer in
            switch result {
            case .passed: break
            case .skipped(let message):
                writer.element("skipped", [("message", PlainText.headline(message))])
            case .failure(let problem): problem.write("failure", to: &writer)
            case .error(let problem): problem.write("error", to: &writer)
            }
            if let output {
                writer.element("system-out", [], content: JUnitReport.capped(output, written: writer.text.utf8.count))
            }
        }
    }
}

extension JUnitCase.Problem {
    fileprivate init(_ verdict: Verdict, type: String, in scenario: ScenarioReport, of run: RunFacts) {
        let commands = AgainText.lines(for: verdict.check, in: scenario, of: run)
        let clock = scenario.clockLine.map { ["  \($0)"] } ?? []
        self.init(
            type: type,
            message: verdict.summary,
            text: (VerdictText.lines(of: verdict, commands: commands) + clock).joined(separator: "\n"),
            frame: SourceFrame.text(of: verdict, in: scenario)
        )
    }

    fileprivate func write(_ element: String, to writer: inout XMLWriter) {
        let shown = JUnitReport.capped(text, written: writer.text.utf8.count)
        let attributes = [("type", type), ("message", PlainText.headline(message))]
        writer.element(element, attributes, content: "\(shown)\n\(frame)")
    }
}
