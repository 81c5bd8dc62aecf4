package import DeliveryEvidence
import Notation

/// Which clock a scenario ran on, and what that clock did.
package struct ClockUse: Sendable, Hashable {
    /// `real`, `warped:trace` or `warped:preload`.
    package var name: String
    /// Why it was chosen over the others; `nil` when nothing was to choose.
    package var reason: String?
    /// How long the scenario took on its own clock.
    package var virtualDuration: Duration
    /// Jumps at which everything slept and waited.
    package var exactJumps: Int
    /// Steps that were taken although something never slept.
    package var forcedSteps: Int
    /// How often the clock was held for something real.
    package var holds: Int
    /// The longest of those holds, in real time.
    package var longestHold: Duration
    /// Waits of housekeeping threads that were passed over.
    package var skippedTicks: Int
    /// How many things the clock could not see.
    package var doubts: Int

    package init(
        name: String,
        reason: String? = nil,
        virtualDuration: Duration = .zero,
        exactJumps: Int = 0,
        forcedSteps: Int = 0,
        holds: Int = 0,
        longestHold: Duration = .zero,
        skippedTicks: Int = 0,
        doubts: Int = 0
    ) {
        self.name = name
        self.reason = reason
        self.virtualDuration = virtualDuration
        self.exactJumps = exactJumps
        self.forcedSteps = forcedSteps
        self.holds = holds
        self.longestHold = longestHold
        self.skippedTicks = skippedTicks
        self.doubts = doubts
    }

    /// Sums a scenario's evidence up.
    package init(_ history: ScenarioHistory) {
        let clock = history.clock
        self.init(
            name: clock.name,
            reason: clock.chosen?.reason,
            virtualDuration: history.span.map { $0.upperBound - $0.lowerBound } ?? .zero,
            exactJumps: clock.exactJumps,
            forcedSteps: clock.forcedSteps,
            holds: clock.holds,
            longestHold: clock.longestHold - Stamp(nanoseconds: 0),
            skippedTicks: clock.skippedTicks,
            doubts: clock.doubts.count
        )
    }

    /// Says that the scenario ran on a virtual clock.
    package var isWarped: Bool { name != "real" }

    /// What made times uncertain or may surprise, a few words each; empty when the clock was exact throughout.
    var oddities: [String] {
        var parts: [String] = []
        if forcedSteps > 0 { parts.append(Counted.text(forcedSteps, "forced step")) }
        if holds > 0 {
            parts.append("held \(Counted.times(holds)) for something real, for \(Self.text(longestHold)) at most")
        }
        if skippedTicks > 0 { parts.append("\(Counted.text(skippedTicks, "housekeeping tick")) passed over") }
        if doubts > 0 { parts.append("\(Counted.text(doubts, "thing")) that it could not see") }
        return parts
    }

    /// One line about the clock of a scenario that took `real` time.
    func line(real: Duration) -> String {
        guard isWarped else { return "clock: real" }
        let time = "\(Self.text(virtualDuration)) of virtual time in \(Self.text(real))"
        let jumps = Counted.text(exactJumps, "exact jump")
        return "clock: " + ([name, time, jumps] + oddities).joined(separator: ", ")
    }

    /// A duration to the millisecond.
    static func text(_ duration: Duration) -> String {
        DurationNotation.text(.milliseconds(Int64(max(duration, .zero) / .milliseconds(1))))
    }
}

/// Numbers with what they count.
enum Counted {
    /// `1 step` or `2 300 steps`.
    static func text(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(number(count)) \(noun)s"
    }

    /// `once`, `twice` or `3 times`.
    static func times(_ count: Int) -> String {
        count == 1 ? "once" : count == 2 ? "twice" : "\(number(count)) times"
    }

    /// The digits in groups of three, with a space between the groups (ISO 80000-1 section 7.3.1), from five digits on.
    static func number(_ count: Int) -> String {
        let digits = String(count)
        guard digits.count > 4 else { return digits }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(" ") }
            grouped.append(digit)
        }
        return grouped
    }
}
