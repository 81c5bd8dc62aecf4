/// The virtual clock of a warped session, counted from the session's beginning.
///
/// It stands still while anything runs and moves only by jumps to the earliest deadline; sleeping on it is such a
/// deadline.
package struct WarpedRunClock: RunClock {
    private let time: WarpTime
    private let deadlines: WarpDeadlines

    init(time: WarpTime, deadlines: WarpDeadlines) {
        self.time = time
        self.deadlines = deadlines
    }

    package var now: RunInstant { time.now }

    package var minimumResolution: Duration { .nanoseconds(1) }

    /// Waits until the clock has reached `deadline`; the tolerance makes no difference.
    ///
    /// - Throws: `CancellationError`, also when the session ends first.
    package func sleep(until deadline: RunInstant, tolerance: Duration? = nil) async throws {
        guard deadline > now else { return try Task.checkCancellation() }
        try await deadlines.wait(until: deadline)
    }
}
