import Notation

extension Verdict {
    /// Merges the findings of one check; `nil` when there are none, since a check without an occasion says nothing.
    ///
    /// The heaviest outcome wins; the first finding that has it gives subject, summary and place. The findings that share
    /// it follow in the details, and those that do not are only counted.
    static func merging(
        _ findings: [Finding],
        of check: CheckID,
        contractFile: String,
        scenarioFile: String
    ) -> Verdict? {
        guard let outcome = findings.map(\.outcome).max(by: { $0.weight < $1.weight }) else { return nil }
        let deciding = findings.filter { $0.outcome == outcome }
        guard let first = deciding.first else { return nil }
        let others = deciding.count - 1
        let suffix = others > 0 ? " (and \(others) more)" : ""
        var details = first.details
        if let why = first.basis.inferredBecause { details.insert("The promise is inferred: \(why)", at: 0) }
        for finding in deciding.dropFirst() {
            details.append([finding.subject, finding.summary].compactMap(\.self).joined(separator: ": "))
            // What holds needs no second explanation; what does not is explained each time.
            if outcome != .held { details += finding.details.map { "  " + $0 } }
        }
        let rest = findings.count - deciding.count
        if rest > 0 { details.append(tally(of: findings.filter { $0.outcome != outcome })) }
        return Verdict(
            check: check,
            outcome: outcome,
            subject: first.subject.map { oneLine($0, limit: longestSummary) },
            summary: summary(of: first, suffix: suffix),
            details: capped(details.map { oneLine($0, limit: 1000) }),
            source: first.basis.source,
            file: first.basis.file == .contract ? contractFile : scenarioFile,
            position: first.basis.position
        )
    }

    private static func summary(of finding: Finding, suffix: String) -> String {
        let mark = finding.basis.inferredBecause == nil ? "" : " (inferred)"
        return oneLine(finding.summary, limit: longestSummary - suffix.count - mark.count) + mark + suffix
    }

    private static func tally(of findings: [Finding]) -> String {
        let parts = Outcome.allCases.compactMap { outcome -> String? in
            let count = findings.count { $0.outcome == outcome }
            return count > 0 ? "\(count) \(outcome.rawValue)" : nil
        }
        return "Elsewhere in the scenario: \(parts.joined(separator: ", "))."
    }

    private static func capped(_ lines: [String]) -> [String] {
        guard lines.count > mostDetails else { return lines }
        return lines.prefix(mostDetails - 1) + ["… and \(lines.count - mostDetails + 1) more lines"]
    }

    /// Makes one printable line of at most `limit` characters: evidence is written by the program under test and may hold
    /// anything.
    private static func oneLine(_ text: String, limit: Int) -> String {
        // Looking at a bounded start only keeps a hostile megabyte from costing anything.
        let visible = VisibleText.of(String(text.unicodeScalars.prefix(limit * 4)))
        return visible.count <= limit ? visible : visible.prefix(max(limit - 1, 0)) + "…"
    }
}
