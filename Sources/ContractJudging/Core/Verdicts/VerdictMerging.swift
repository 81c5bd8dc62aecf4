import DeliveryScenarios
import Notation
import WebhookContracts

extension Verdict {
    /// Merges the findings of one check; `nil` when there are none, since a check without an occasion says nothing.
    ///
    /// The heaviest outcome wins; the first finding that has it gives subject, summary and place. The findings that share
    /// it follow in the details, and those that do not are only counted.
    static func merging(_ findings: [Finding], of check: CheckID, in context: JudgingContext) -> Verdict? {
        guard let outcome = findings.map(\.outcome).max(by: { $0.weight < $1.weight }) else { return nil }
        let deciding = findings.filter { $0.outcome == outcome }
        guard let first = deciding.first else { return nil }
        let others = deciding.count - 1
        let suffix = others > 0 ? " (and \(others) more)" : ""
        let isUnhappy = outcome == .violated || outcome == .inconclusive
        let maker = ExplanationMaker(context: context)
        var details =
            isUnhappy
            ? maker.details(of: first) + further(deciding, maker) : first.details + observations(deciding)
        let rest = findings.count - deciding.count
        if rest > 0 { details.append(tally(of: findings.filter { $0.outcome != outcome })) }
        return Verdict(
            check: check,
            outcome: outcome,
            subject: first.subject.map { oneLine($0, limit: longestSummary) },
            summary: summary(of: first, suffix: suffix),
            details: capped(details.map { oneLine($0, limit: 1000) }),
            source: first.basis.source,
            file: first.basis.file == .contract ? context.contract.path : context.scenario.path,
            position: first.basis.position,
            inferredBecause: first.basis.inferredBecause.map { oneLine($0, limit: 1000) },
            explanation: isUnhappy ? maker.explanation(of: deciding) : Explanation()
        )
    }

    /// The lines about the findings after the first, as far as they are shown at all.
    private static func further(_ deciding: [Finding], _ maker: ExplanationMaker) -> [String] {
        deciding.enumerated().dropFirst().flatMap { index, finding in
            var lines = [[finding.subject, finding.summary].compactMap(\.self).joined(separator: ": ")]
            if let nearest = finding.nearest.first, nearest.rule != deciding.first?.nearest.first?.rule {
                lines.append("  nearest explanation: \(nearest.words)")
            }
            return index > mostDetails ? lines : lines + maker.details(of: finding).map { "  " + $0 }
        }
    }

    /// What holds or was merely observed is said once, with how many requests it was seen on.
    private static func observations(_ deciding: [Finding]) -> [String] {
        var order: [String] = []
        var subjects: [String: [String]] = [:]
        for finding in deciding {
            if subjects[finding.summary] == nil { order.append(finding.summary) }
            subjects[finding.summary, default: []].append(finding.subject ?? "")
        }
        return order.compactMap { summary in
            let named = (subjects[summary] ?? []).filter { !$0.isEmpty }
            let count = (subjects[summary] ?? []).count
            if summary == deciding[0].summary { return count > 1 ? seen(named, count, "The same of") : nil }
            let single = [named.first, summary].compactMap(\.self).joined(separator: ": ")
            return count == 1 ? single : "\(summary) \(seen(named, count, "Of"))"
        }
    }

    private static func seen(_ subjects: [String], _ count: Int, _ lead: String) -> String {
        let shown = subjects.prefix(3).joined(separator: ", ")
        let more = count - min(3, subjects.count)
        if shown.isEmpty { return "\(lead) all \(count)." }
        return more > 0 ? "\(lead) \(shown) and \(more) more." : "\(lead) \(shown)."
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
