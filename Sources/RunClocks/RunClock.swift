/// A moment on a run's clock, whether that clock is real or virtual.
package struct RunInstant: InstantProtocol {
    /// Time since the run began.
    package var sinceStart: Duration

    package init(sinceStart: Duration) {
        self.sinceStart = sinceStart
    }

    package func advanced(by duration: Duration) -> RunInstant {
        RunInstant(sinceStart: sinceStart + duration)
    }

    package func duration(to other: RunInstant) -> Duration {
        other.sinceStart - sinceStart
    }

    package static func < (left: RunInstant, right: RunInstant) -> Bool {
        left.sinceStart < right.sinceStart
    }
}

/// The clock of a run.
///
/// One instant type for all clocks keeps deadlines computable behind `any RunClock`.
package protocol RunClock: Clock, Sendable where Instant == RunInstant {
    /// The present moment in whole nanoseconds since the run began.
    ///
    /// What stamps many things a second reads this: it is a fraction of the cost of an instant.
    var nanoseconds: Int64 { get }
}

extension RunClock {
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = now.sinceStart.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
