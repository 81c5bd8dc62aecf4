import Glibc

/// The host's own clock, counted from the start of the run.
///
/// It reads `SuspendingClock` (CLOCK_MONOTONIC on Linux), the clock that SwiftNIO's deadlines count on, so that every
/// stamp of a run comes from one clock.
package struct RealRunClock: RunClock {
    private let origin: SuspendingClock.Instant
    /// CLOCK_MONOTONIC at the run's zero, in nanoseconds, by which another process of this host can count from the same.
    package let originReading: Int64

    /// Starts a run's clock at zero.
    package init() {
        origin = SuspendingClock().now
        originReading = Self.reading
    }

    /// Goes on with a clock that another process started.
    package init(originReading: Int64) {
        origin = SuspendingClock().now.advanced(by: .nanoseconds(originReading - Self.reading))
        self.originReading = originReading
    }

    private static var reading: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    package var now: RunInstant {
        RunInstant(sinceStart: origin.duration(to: SuspendingClock().now))
    }

    package var nanoseconds: Int64 { Self.reading - originReading }

    package var minimumResolution: Duration { SuspendingClock().minimumResolution }

    package func sleep(until deadline: RunInstant, tolerance: Duration? = nil) async throws {
        try await Task.sleep(until: origin.advanced(by: deadline.sinceStart), tolerance: tolerance, clock: .suspending)
    }
}
