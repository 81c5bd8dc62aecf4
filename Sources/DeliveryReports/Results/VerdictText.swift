package import ContractJudging
import Notation

/// A verdict as lines of text, the same on the terminal and in JUnit XML.
package enum VerdictText {
    /// What is wrong, where it is promised, and what was seen.
    package static func lines(of verdict: Verdict) -> [String] {
        var lines = [
            "\(verdict.outcome.rawValue.uppercased()) \(verdict.check.rawValue)\(subject(verdict)): \(verdict.summary)"
        ]
        lines += verdict.details.map { "  \($0)" }
        if let source = verdict.source { lines.append("  = promised by: \(source)") }
        if let file = verdict.file {
            let place = verdict.position.map { ":\($0.line):\($0.column)" } ?? ""
            lines.append("  --> \(file)\(place)")
        }
        return lines
    }

    private static func subject(_ verdict: Verdict) -> String {
        verdict.subject.map { " (\($0))" } ?? ""
    }
}
