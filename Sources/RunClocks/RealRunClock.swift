/// The host's own clock, counted from the start of the run.
///
/// It reads `SuspendingClock` (CLOCK_MONOTONIC on Linux), the clock that SwiftNIO's deadlines count on, so that every
/// stamp of a run comes from one clock.
package struct RealRunClock: RunClock {
    private let origin: SuspendingClock.Instant

    /// Starts a run's clock at zero.
    package init() {
        origin = SuspendingClock().now
    }

    package var now: RunInstant {
        RunInstant(sinceStart: origin.duration(to: SuspendingClock().now))
    }

    package var minimumResolution: Duration { SuspendingClock().minimumResolution }

    package func sleep(until deadline: RunInstant, tolerance: Duration? = nil) async throws {
        try await Task.sleep(until: origin.advanced(by: deadline.sinceStart), tolerance: tolerance, clock: .suspending)
    }
}
