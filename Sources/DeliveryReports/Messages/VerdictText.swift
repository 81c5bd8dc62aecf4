package import ContractJudging
import Notation

/// A verdict as lines of text, the same on the terminal and in JUnit XML.
package enum VerdictText {
    /// Everything there is to say: what is wrong, where it is promised, what was seen when, what would explain it, how exact
    /// that is, and how to look again.
    ///
    /// - Parameter commands: what to type to judge and to run it again; see ``AgainText``.
    package static func lines(
        of verdict: Verdict,
        commands: [String] = [],
        _ symbols: TimelineSymbols = .unicode
    ) -> [String] {
        let explanation = verdict.explanation
        let written = { (lines: [String]) in lines.map(symbols.written) }
        // The lines of the file stay as they are, so that the caret stands where it should.
        let place = QuoteText.lines(of: verdict, symbols)
        var blocks = [written([headline(verdict)]) + place + written(grounds(verdict))]
        for story in explanation.stories {
            blocks.append(written(StoryText.lines(of: story, symbols).map { "  \($0)".trimmingEnd }))
        }
        blocks.append(written(readings(explanation) + verdict.details.map { "  \($0)" }))
        blocks.append(commands.map { "  \($0)" })
        // A short message is told in one piece.
        let separator = explanation.stories.isEmpty ? [] : [""]
        return blocks.filter { !$0.isEmpty }.joined(separator: separator).map(\.self)
    }

    private static func headline(_ verdict: Verdict) -> String {
        let subject = verdict.subject.map { " (\($0))" } ?? ""
        return "\(verdict.outcome.rawValue.uppercased()) \(verdict.check.rawValue)\(subject): \(verdict.summary)"
    }

    /// What the promise rests on.
    private static func grounds(_ verdict: Verdict) -> [String] {
        var lines: [String] = []
        if let source = verdict.source { lines.append("  = promised by: \(VisibleText.of(source))") }
        if let why = verdict.inferredBecause { lines.append("  = inferred, because \(why)") }
        let variants = verdict.explanation.variants
        if !variants.isEmpty {
            lines.append("  = under the variant\(variants.count == 1 ? "" : "s") \(variants.joined(separator: ", "))")
        }
        if let why = verdict.explanation.why { lines.append("  = the scenario's reason: \(why)") }
        return lines
    }

    private static func readings(_ explanation: Explanation) -> [String] {
        var lines: [String] = []
        for (index, reading) in explanation.nearest.enumerated() {
            lines.append(index == 0 ? "  nearest explanation: \(reading)" : "                   or: \(reading)")
            if index == 0, let agreement = explanation.agreement {
                let alike =
                    agreement.alike == agreement.all
                    ? "it fits all \(agreement.all) findings"
                    : "it fits \(agreement.alike) of the \(agreement.all) findings"
                lines.append("                       (\(alike))")
            }
        }
        if let measurement = explanation.measurement { lines.append("  measurement: \(measurement)") }
        return lines
    }
}
