/// What the clock of one scenario did, without its jumps one by one: a program that polls makes thousands of them.
package struct ClockHistory: Sendable, Hashable {
    /// Which clock it was and why; `nil` in logs that do not say, which are of the real clock.
    package var chosen: ClockChosen?
    /// Jumps at which everything slept and waited.
    package var exactJumps = 0
    /// Where jumps were forced because something never slept, in the order of the log.
    package var forced: [ForcedTime] = []
    /// How often the clock was held for something real.
    package var holds = 0
    /// The longest of those holds, in real time; zero without any.
    package var longestHold = Stamp(nanoseconds: 0)
    /// Waits of housekeeping threads that were passed over.
    package var skippedTicks = 0
    /// The moments from which nothing would ever have happened.
    package var idle: [Timed<ClockIdle>] = []
    /// What the clock could not see.
    package var doubts: [Timed<ClockDoubted>] = []
    /// Says that nothing has shown since the last forced step that everything slept again.
    private var isForcing = false

    package init() {}

    /// The clock's name: `real`, `warped:trace` or `warped:preload`.
    package var name: String { chosen?.clock ?? "real" }

    /// Says that the scenario ran on a virtual clock, which a slow host does not disturb.
    package var isWarped: Bool { name != "real" }

    /// How many steps were forced.
    package var forcedSteps: Int { forced.reduce(0) { $0 + $1.steps } }

    /// Takes a record of the clock; others are passed over.
    mutating func add(_ event: EvidenceEvent, at stamp: Stamp) {
        switch event {
        case .clockChosen(let value): chosen = value
        case .clockJumped(let value):
            skippedTicks += max(0, value.skippedTicks)
            if value.exact {
                exactJumps += 1
                endForcing(at: value.from)
            } else {
                force(from: value.from, to: stamp)
            }
        case .clockHeld(let value):
            holds += 1
            longestHold = max(longestHold, value.lasted)
        case .clockIdle(let value):
            idle.append(Timed(at: stamp, value: value))
            endForcing(at: stamp)
        case .clockDoubted(let value): doubts.append(Timed(at: stamp, value: value))
        default: break
        }
    }

    /// Notes that everything slept at `stamp`, or that the evidence ended there.
    mutating func endForcing(at stamp: Stamp) {
        guard isForcing, let last = forced.indices.last else { return }
        isForcing = false
        forced[last].extend(to: stamp)
    }

    private mutating func force(from: Stamp, to stamp: Stamp) {
        if isForcing, let last = forced.indices.last {
            forced[last].extend(to: stamp)
            forced[last].steps += 1
        } else {
            // The span of a damaged record would be no span.
            forced.append(ForcedTime(span: min(from, stamp)...stamp, steps: 1))
            isForcing = true
        }
    }
}

/// A stretch in which the clock went on although something had not slept: whatever a program did in it may have been
/// stamped late, by as much as the stretch was old.
package struct ForcedTime: Sendable, Hashable {
    /// From the instant of the first forced step to the one at which everything slept again.
    package var span: ClosedRange<Stamp>
    /// How many steps were forced in it.
    package var steps: Int

    package init(span: ClosedRange<Stamp>, steps: Int) {
        self.span = span
        self.steps = steps
    }

    fileprivate mutating func extend(to stamp: Stamp) {
        span = span.lowerBound...max(span.upperBound, stamp)
    }
}
