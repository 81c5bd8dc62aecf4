package import DeliveryEvidence
import Notation
package import RunClocks

/// Watches until nothing has been in flight, and nothing has happened, for a while.
package struct QuietWatch: Sendable {
    /// What is going on at one moment.
    package struct Look: Sendable, Hashable {
        /// Requests under way, and one-shot programs that still run.
        package var underWay: Int
        /// When something last happened.
        package var lastActivity: Stamp

        package init(underWay: Int, lastActivity: Stamp) {
            self.underWay = underWay
            self.lastActivity = lastActivity
        }
    }

    /// After this long, and twice the window asked for, something is amiss that silence cannot be waited out for.
    ///
    /// The window is at least the longest wait between two attempts, and a ladder of waits takes less than twice its last.
    package static let patience = Duration.seconds(600)

    private let clock: any RunClock
    private let settle: @Sendable (RunInstant) async throws -> Void
    private let look: @Sendable () async -> Look

    /// Watches what `look` sees, on the run's clock.
    ///
    /// - Parameters:
    ///   - clock: the run's clock.
    ///   - settle: returns when something that is under way may have ended, at the latest at the instant given.
    ///   - look: sees what is going on.
    package init(
        clock: any RunClock,
        settle: @escaping @Sendable (RunInstant) async throws -> Void,
        look: @escaping @Sendable () async -> Look
    ) {
        self.clock = clock
        self.settle = settle
        self.look = look
    }

    /// Returns once it has been quiet for `window`.
    ///
    /// - Throws: `ScenarioRunError` when that never comes; `CancellationError`.
    package func wait(for window: Duration) async throws {
        let began = clock.now
        let limit = began.advanced(by: window * 2 + Self.patience)
        var quietSince = began
        while true {
            let now = clock.now
            let seen = await look()
            let latest = RunInstant(sinceStart: .nanoseconds(seen.lastActivity.nanoseconds))
            quietSince = seen.underWay > 0 ? now : max(quietSince, latest)
            let due = quietSince.advanced(by: window)
            if due <= now { return }
            guard now < limit else {
                throw ScenarioRunError(
                    "it never became quiet for \(DurationNotation.text(window)); attempts kept coming or kept hanging"
                )
            }
            // What happens in between only moves the end of the window, which is looked at again then.
            if seen.underWay > 0 {
                try await settle(limit)
            } else {
                try await clock.sleep(until: min(due, limit), tolerance: nil)
            }
        }
    }
}
