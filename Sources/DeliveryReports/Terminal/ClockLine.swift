/// The line of the summary that says by which clocks the scenarios went, and what that was worth.
enum ClockLine {
    /// The line, or `nil` when all of them went by the real clock.
    static func text(_ scenarios: [ScenarioReport]) -> String? {
        let warped = scenarios.filter { $0.clock?.isWarped ?? false }
        guard !warped.isEmpty else { return nil }
        return "clock: " + ([engines(scenarios), time(warped)] + oddities(warped)).joined(separator: "; ")
    }

    private static func engines(_ scenarios: [ScenarioReport]) -> String {
        var counts: [String: Int] = [:]
        for scenario in scenarios {
            if let clock = scenario.clock { counts[clock.name, default: 0] += 1 }
        }
        let real = counts.removeValue(forKey: "real") ?? 0
        // The engine that most scenarios ran by comes first.
        var parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.enumerated().map { index, entry in
            let engine = entry.key.replacing("warped:", with: "by ")
            let warped = index == 0 ? "warped " : ""
            let count = index == 0 ? Counted.text(entry.value, "scenario") : Counted.number(entry.value)
            return "\(warped)\(engine) for \(count)\(reason(of: entry.key, scenarios))"
        }
        if real > 0 { parts.append("real for \(Counted.number(real))") }
        return parts.joined(separator: ", ")
    }

    /// Why an engine was taken, where all its scenarios agree.
    private static func reason(of name: String, _ scenarios: [ScenarioReport]) -> String {
        let reasons = Set(scenarios.compactMap { $0.clock?.name == name ? $0.clock?.reason : nil })
        guard reasons.count == 1, let reason = reasons.first, !reason.isEmpty else { return "" }
        return " (\(PlainText.headline(reason)))"
    }

    private static func time(_ warped: [ScenarioReport]) -> String {
        let virtual = warped.reduce(Duration.zero) { $0 + ($1.clock?.virtualDuration ?? .zero) }
        return "\(amount(of: virtual)) in \(ClockUse.text(covered(warped)))"
    }

    /// Virtual time in the largest unit of which there is more than one, such as `3912 virtual hours`.
    private static func amount(of duration: Duration) -> String {
        let units: [(length: Duration, noun: String)] = [
            (.seconds(3600), "virtual hour"), (.seconds(60), "virtual minute"), (.seconds(1), "virtual second"),
        ]
        let unit = units.first { duration >= $0.length } ?? (.seconds(1), "virtual second")
        let tenths = Int(duration / unit.length * 10)
        // A tenth tells something of a few, and nothing of many.
        if tenths < 100, !tenths.isMultiple(of: 10) { return "\(tenths / 10).\(tenths % 10) \(unit.noun)s" }
        return Counted.text(tenths / 10, unit.noun)
    }

    /// The real time in which at least one of the scenarios ran: they run side by side.
    private static func covered(_ scenarios: [ScenarioReport]) -> Duration {
        var covered = Duration.zero
        var end = Duration.zero
        for scenario in scenarios.sorted(by: { $0.began < $1.began }) {
            let over = scenario.began + max(scenario.duration, .zero)
            covered += max(.zero, over - max(end, scenario.began))
            end = max(end, over)
        }
        return covered
    }

    private static func oddities(_ warped: [ScenarioReport]) -> [String] {
        let clocks = warped.compactMap(\.clock)
        var parts: [String] = []
        let forced = clocks.filter { $0.forcedSteps > 0 }
        if !forced.isEmpty {
            let steps = Counted.text(forced.reduce(0) { $0 + $1.forcedSteps }, "forced step")
            parts.append("\(steps) in \(Counted.text(forced.count, "scenario")) (inconclusive where it matters)")
        }
        let doubted = clocks.count { $0.doubts > 0 }
        if doubted > 0 {
            let count = Counted.text(doubted, "scenario")
            parts.append("something it could not see in \(count) (inconclusive where it matters)")
        }
        let holds = clocks.reduce(0) { $0 + $1.holds }
        if holds > 0 {
            let longest = ClockUse.text(clocks.map(\.longestHold).max() ?? .zero)
            parts.append("held \(Counted.times(holds)) for something real, for \(longest) at most")
        }
        let ticks = clocks.reduce(0) { $0 + $1.skippedTicks }
        if ticks > 0 { parts.append("\(Counted.text(ticks, "housekeeping tick")) passed over") }
        return parts
    }
}
