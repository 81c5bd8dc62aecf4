import ContractJudging
import Notation

/// The short table at the end of a run: one line a provider.
package enum VerdictTable {
    private static let columns = ["provider", "scenarios", "held", "violated", "inconclusive", "unstated", "skipped"]

    /// The table as lines of text.
    package static func lines(_ report: RunReport) -> [String] {
        let providers = Dictionary(grouping: report.scenarios, by: \.provider).sorted { $0.key < $1.key }
        var rows = [columns] + providers.map { row(named: $0.key, of: $0.value) }
        if providers.count > 1 { rows.append(row(named: "all", of: report.scenarios)) }
        let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }
    }

    private static func row(named name: String, of scenarios: [ScenarioReport]) -> [String] {
        let tally = scenarios.reduce(into: Tally()) { $0.add($1) }
        return [name]
            + [
                scenarios.count, tally.held, tally.violated, tally.inconclusive, tally.unstated,
                tally.skipped + tally.notReached,
            ].map { String($0) }
    }
}
