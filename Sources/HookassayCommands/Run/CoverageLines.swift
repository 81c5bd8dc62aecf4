import ContractJudging
package import DeliveryReports

/// What of each contract the scenarios of a run put to the test, for the terminal.
package enum CoverageLines {
    /// With more than this many, names are only counted unless they are asked for.
    private static let few = 6

    /// One line for each provider of which something was judged, and the names of what is missing where they are few or
    /// `listsAll` asks for them.
    package static func lines(_ report: RunReport, listsAll: Bool) -> [String] {
        let coverages = ContractCoverage.byProvider(report.scenarios.compactMap(\.verdict))
        let width = coverages.map(\.provider.count).max() ?? 0
        return coverages.flatMap { provider, coverage -> [String] in
            let name = provider + String(repeating: " ", count: width - provider.count)
            let count = "\(coverage.exercised.count) of \(coverage.clauses.count) clauses"
            var line = "coverage: \(name)  \(count) put to the test"
            if !coverage.limits.isEmpty {
                line += ", \(coverage.reached.count) of \(coverage.limits.count) limits reached"
            }
            return [line] + missing("not put to the test", coverage.unexercised, listsAll)
                + missing("not reached", coverage.unreached, listsAll)
        }
    }

    private static func missing(_ words: String, _ names: [String], _ listsAll: Bool) -> [String] {
        guard !names.isEmpty, listsAll || names.count <= few else { return [] }
        return ["  \(words): \(names.joined(separator: ", "))"]
    }
}
