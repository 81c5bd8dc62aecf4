/// Prints results as a table that a person can read.
package struct ProofTable: Sendable {
    private let results: [ProofResult]

    package init(_ results: [ProofResult]) {
        self.results = results
    }

    private static let headings = ["asked for", "over", "verdict", "receipt", "raw socket saw", "libcurl saw"]
    /// The widest a column is made; what is longer is cut, and stands whole in JSON.
    private static let widths = [48, 5, 16, 64, 46, 26]

    /// The lines of the table, group by group, and below them what is not real or not here, and why.
    package var lines: [String] {
        var lines: [String] = []
        for group in FaultProof.Group.allCases {
            let rows = results.filter { $0.proof.group == group }.map(cells)
            guard !rows.isEmpty else { continue }
            let widths = Self.headings.indices.map { column in
                min(Self.widths[column], (rows + [Self.headings]).map { $0[column].count }.max() ?? 0)
            }
            if !lines.isEmpty { lines.append("") }
            lines.append(group.rawValue)
            lines += ([Self.headings] + rows).map { "  " + line($0, widths) }
        }
        return lines + findings
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (cell, width) in zip(cells, widths) {
            let text = cell.count > width ? cell.prefix(width - 1) + "…" : cell[...]
            line += text + String(repeating: " ", count: max(0, width - text.count) + 2)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    private func cells(_ result: ProofResult) -> [String] {
        let sights = result.sights
        return [
            result.proof.name, result.proof.transport.rawValue,
            result.verdict.text + (result.tries > 1 ? " (try \(result.tries))" : ""), sights.rawReceiver.text,
            result.rawTexts.joined(separator: "; "),
            sights.curlIsMissing.map { "not asked: \($0)" } ?? sights.curl.map(\.text).joined(separator: "; "),
        ]
    }

    private var findings: [String] {
        let found = results.filter { !$0.verdict.reasons.isEmpty }
        guard !found.isEmpty else { return [] }
        return [""]
            + found.flatMap { result in
                ["\(result.verdict.text): \(result.proof.name) over \(result.proof.transport.rawValue)"]
                    + result.verdict.reasons.map { "  \($0)" }
            }
    }

    /// How many there are of each verdict, such as `181 real, 2 not real, 4 not here`.
    package var summary: String {
        var counts = (real: 0, notReal: 0, notHere: 0)
        for result in results {
            switch result.verdict {
            case .real: counts.real += 1
            case .notReal: counts.notReal += 1
            case .notHere: counts.notHere += 1
            }
        }
        return "\(counts.real) real, \(counts.notReal) not real, \(counts.notHere) not here"
    }
}
