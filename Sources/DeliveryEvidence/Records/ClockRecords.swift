/// Which clock a scenario runs on, and why this one.
package struct ClockChosen: Sendable, Hashable, Codable {
    /// `real`, `warped:trace` or `warped:preload`.
    package var clock: String
    /// Why it was chosen over the others, such as "ptrace is refused here (EPERM); the preload library works".
    package var reason: String?
    /// The wall-clock time that programs on this clock read at the scenario's stamp 0, RFC 3339 in UTC with
    /// milliseconds; `nil` on the real clock, where the run's own head says it.
    package var startedAt: String?

    package init(clock: String, reason: String? = nil, startedAt: String? = nil) {
        self.clock = clock
        self.reason = reason
        self.startedAt = startedAt
    }
}

/// The warped clock went on to a later instant, the stamp of its record.
package struct ClockJumped: Sendable, Hashable, Codable {
    /// The virtual instant at which the clock stood before.
    package var from: Stamp
    /// Says that everything slept and waited; `false` for a step that was forced because something never slept.
    package var exact: Bool
    /// Who was due: `the harness` (a receiver or the scenario), or a thread as in `'python3' (process 123, sleep)`.
    package var due: String
    /// How many waits of known housekeeping threads were passed over on the way.
    package var skippedTicks: Int

    package init(from: Stamp, exact: Bool, due: String, skippedTicks: Int = 0) {
        self.from = from
        self.exact = exact
        self.due = due
        self.skippedTicks = skippedTicks
    }
}

/// The warped clock stood still although everything waited, because something real was still to come.
package struct ClockHeld: Sendable, Hashable, Codable {
    /// How long it stood, in real time.
    package var lasted: Stamp
    /// What it waited for, such as the answer of a peer outside the session.
    package var why: String

    package init(for lasted: Stamp, why: String) {
        self.lasted = lasted
        self.why = why
    }

    private enum CodingKeys: String, CodingKey {
        case lasted = "for"
        case why
    }
}

/// Nothing will ever happen: every thread of the dispatcher waits, and none of them for a time.
///
/// From its stamp on only the scenario's own waits move the clock, until the harness stirs the dispatcher again.
package struct ClockIdle: Sendable, Hashable, Codable {
    /// Who waits for what.
    package var why: String

    package init(why: String) {
        self.why = why
    }
}

/// Something may go on that the warped clock cannot see, so that what it says of time is uncertain from here on.
package struct ClockDoubted: Sendable, Hashable, Codable {
    /// What cannot be seen, such as a unix-socket peer outside the session.
    package var what: String

    package init(what: String) {
        self.what = what
    }
}
