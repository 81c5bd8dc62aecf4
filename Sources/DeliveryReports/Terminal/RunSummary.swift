import ContractJudging
import DeliveryEvidence
import Notation

/// What the terminal shows once a run is over: what needs attention, then the table, a line about the
/// clocks where they were not all real, and one closing line.
package enum RunSummary {
    /// The summary as lines of text.
    ///
    /// - Parameter symbols: what timelines are drawn with.
    package static func lines(_ report: RunReport, _ symbols: TimelineSymbols = .unicode) -> [String] {
        var lines: [String] = []
        // A wrong contract is the same trouble for all its scenarios.
        var firstWith: [String: String] = [:]
        for scenario in report.scenarios {
            var attention = attention(scenario, report.run, symbols)
            if case .broken(let text) = scenario.result {
                if let first = firstWith[text] { attention = ["  the same as \(first)"] }
                firstWith[text] = firstWith[text] ?? scenario.id
            }
            if !attention.isEmpty { lines += [scenario.id + " — " + scenario.title] + attention + [""] }
        }
        lines += VerdictTable.lines(report)
        let clock = ClockLine.text(report.scenarios)
        lines.append("")
        if let clock { lines.append(VisibleText.of(clock)) }
        lines.append(closing(report, namesClock: clock == nil))
        return lines
    }

    private static func attention(
        _ scenario: ScenarioReport,
        _ run: RunFacts,
        _ symbols: TimelineSymbols
    ) -> [String] {
        switch scenario.result {
        case .skipped, .notReached: return []
        case .broken(let text): return text.split(separator: "\n").map { "  \($0)" }
        case .judged(let verdict):
            var lines: [String] = []
            if let failure = verdict.failure {
                // The message may quote what the program under test wrote.
                lines.append("  FAILED \(failure.component): \(VisibleText.of(failure.message, atMost: 1000))")
            }
            // Of a scenario that was not carried through, everything that is not violated is inconclusive, for one reason.
            let shown: Set<Outcome> = verdict.failure == nil ? [.violated, .inconclusive] : [.violated]
            for single in verdict.verdicts where shown.contains(single.outcome) {
                let commands = AgainText.lines(for: single.check, in: scenario, of: run)
                lines += VerdictText.lines(of: single, commands: commands, symbols).map { "  \($0)".trimmingEnd }
            }
            if !lines.isEmpty, let clock = scenario.clockLine { lines.append("  \(VisibleText.of(clock))") }
            return lines
        }
    }

    private static func closing(_ report: RunReport, namesClock: Bool) -> String {
        let tally = report.tally
        var parts = ["\(tally.held) held", "\(tally.violated) violated", "\(tally.inconclusive) inconclusive"]
        parts.append("\(tally.unstated) unstated")
        if tally.failed > 0 { parts.append("\(counted(tally.failed, "scenario")) failed") }
        if tally.broken > 0 { parts.append("\(counted(tally.broken, "file")) wrong") }
        if tally.skipped > 0 { parts.append("\(counted(tally.skipped, "scenario")) skipped") }
        if tally.notReached > 0 { parts.append("\(tally.notReached) not reached") }
        if let why = report.run.incompleteEvidence { parts.append("evidence incomplete: \(why)") }
        let time = DurationNotation.text(.milliseconds(Int(report.run.duration / .milliseconds(1))))
        let interrupted = report.run.interrupted ? "interrupted: " : ""
        let clock = namesClock ? " (clock: \(report.run.clock))" : ""
        return "\(interrupted)\(counted(report.scenarios.count, "scenario")) in \(time)\(clock): "
            + parts.joined(separator: ", ")
    }

    private static func counted(_ count: Int, _ noun: String) -> String { Counted.text(count, noun) }
}
