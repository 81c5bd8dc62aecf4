import ContractJudging
import DeliveryEvidence

/// One check of one scenario as a JUnit case.
struct JUnitCase {
    enum Result {
        case passed
        case failure(type: String, message: String, text: String)
        case error(type: String, message: String, text: String)
        case skipped(message: String)
    }

    var name: String
    var result: Result
    var output: String?

    static func cases(of scenario: ScenarioReport) -> [JUnitCase] {
        let carriedThrough = "The scenario is carried through"
        switch scenario.result {
        case .skipped(let reason):
            return [JUnitCase(name: carriedThrough, result: .skipped(message: reason))]
        case .notReached:
            return [JUnitCase(name: carriedThrough, result: .skipped(message: "the run ended before it began"))]
        case .broken(let text):
            let message = text.split(separator: "\n").first.map(String.init) ?? "the file is wrong"
            return [JUnitCase(name: carriedThrough, result: .error(type: "scenario.file", message: message, text: text))]
        case .judged(let verdict):
            var first = JUnitCase(name: carriedThrough, result: .passed)
            if let failure = verdict.failure {
                first.result = .error(
                    type: "harness.\(failure.component)",
                    message: failure.message,
                    text: "\(failure.message)\n\(scenario.file)"
                )
            }
            return [first] + verdict.verdicts.map { JUnitCase($0) }
        }
    }

    private init(name: String, result: Result) {
        self.name = name
        self.result = result
    }

    private init(_ verdict: Verdict) {
        let title = CheckCatalogue.description(of: verdict.check)?.title ?? ""
        name = title.isEmpty ? verdict.check.rawValue : "\(title) [\(verdict.check.rawValue)]"
        let text = VerdictText.lines(of: verdict).joined(separator: "\n")
        switch verdict.outcome {
        case .held:
            result = .passed
            output = verdict.summary
        case .violated:
            result = .failure(type: "contract.\(verdict.check.rawValue)", message: verdict.summary, text: text)
        case .inconclusive:
            result = .error(type: "inconclusive", message: verdict.summary, text: text)
        case .unstated:
            result = .skipped(message: "unstated: \(verdict.summary)")
        }
    }

    func write(to writer: inout XMLWriter, className: String, time: Duration) {
        let attributes = [("classname", className), ("name", name), ("time", JUnitReport.seconds(time))]
        writer.element("testcase", attributes) { writer in
            switch result {
            case .passed: break
            case .skipped(let message): writer.element("skipped", [("message", message)])
            case .failure(let type, let message, let text):
                writer.element("failure", [("type", type), ("message", message)], content: JUnitReport.capped(text))
            case .error(let type, let message, let text):
                writer.element("error", [("type", type), ("message", message)], content: JUnitReport.capped(text))
            }
            if let output { writer.element("system-out", [], content: JUnitReport.capped(output)) }
        }
    }
}
