import ContractJudging

/// The short table at the end of a run: one line a provider.
package enum VerdictTable {
    /// A column's heading, and what it counts.
    private typealias Column = (heading: String, count: @Sendable (Tally, [ScenarioReport]) -> Int)

    private static let columns: [Column] = [
        ("scenarios", { $1.count }),
        ("held", { tally, _ in tally.held }),
        ("violated", { tally, _ in tally.violated }),
        ("inconclusive", { tally, _ in tally.inconclusive }),
        ("unstated", { tally, _ in tally.unstated }),
        ("skipped", { tally, _ in tally.skipped + tally.notReached }),
    ]
    /// Shown only when there is something to count.
    private static let failed: Column = ("failed", { tally, _ in tally.failed + tally.broken })

    /// The table as lines of text.
    package static func lines(_ report: RunReport) -> [String] {
        let columns = Self.columns + (failed.count(report.tally, []) > 0 ? [failed] : [])
        let providers = Dictionary(grouping: report.scenarios, by: \.provider).sorted { $0.key < $1.key }
        var rows = [["provider"] + columns.map(\.heading)]
        rows += providers.map { row(named: $0.key, of: $0.value, columns) }
        if providers.count > 1 { rows.append(row(named: "all", of: report.scenarios, columns)) }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }
    }

    private static func row(named name: String, of scenarios: [ScenarioReport], _ columns: [Column]) -> [String] {
        let tally = scenarios.reduce(into: Tally()) { $0.add($1) }
        return [name] + columns.map { String($0.count(tally, scenarios)) }
    }
}
