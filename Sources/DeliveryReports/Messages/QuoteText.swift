import ContractJudging
import Notation

/// Shows the place of a promise in its file with a caret, and beside it what was promised and what was seen.
enum QuoteText {
    /// How many terminal cells a line of the file may take.
    private static let widest = 84
    /// Up to this column a label stands beside its caret.
    private static let lastLabelColumn = 36

    static func lines(of verdict: Verdict, _ symbols: TimelineSymbols) -> [String] {
        var lines: [String] = []
        if let file = verdict.file, verdict.position != nil || verdict.outcome != .unstated {
            let place = verdict.position.map { ":\($0.line):\($0.column)" } ?? ""
            lines.append("  --> \(VisibleText.of(file))\(place)")
        }
        let labels = labels(verdict).map(symbols.written)
        guard let quote = verdict.explanation.quote else { return lines + labels.map { "   | \($0)" } }
        let digits = quote.lines.map { String($0.number).count }.max() ?? 1
        let margin = String(repeating: " ", count: digits + 2) + "|"
        lines.append(margin)
        for (index, line) in quote.lines.enumerated() {
            let isMarked = index == quote.marked
            let excerpt = SourceExcerpt(line: line.text, column: isMarked ? quote.column : 1, widest: widest)
            let number = String(line.number)
            let padding = String(repeating: " ", count: digits - number.count)
            lines.append(" \(padding)\(number) | \(excerpt.text)".trimmingEnd)
            guard isMarked else { continue }
            let room = max(1, widest - excerpt.caretCell)
            let caret = String(repeating: "^", count: min(max(1, quote.length), room))
            lines += marked(excerpt.caretCell, caret, labels, margin)
        }
        return lines
    }

    /// The caret with its labels: beside it where there is room, below it otherwise.
    private static func marked(_ cell: Int, _ caret: String, _ labels: [String], _ margin: String) -> [String] {
        let start = "\(margin) " + String(repeating: " ", count: cell)
        guard cell + caret.count <= lastLabelColumn, let first = labels.first else {
            return [start + caret] + labels.map { "\(start)\($0)" }
        }
        let indent = start + String(repeating: " ", count: caret.count)
        return ["\(start)\(caret) \(first)"] + labels.dropFirst().map { "\(indent) \($0)" }
    }

    private static func labels(_ verdict: Verdict) -> [String] {
        guard let comparison = verdict.explanation.comparison else { return [] }
        let isScenario = verdict.source == nil && verdict.inferredBecause == nil
        return ["\(isScenario ? "expected" : "contract"): \(comparison.promised)", "observed: \(comparison.observed)"]
    }
}
