package import DeliveryEvidence
package import RunClocks

/// Measures how late the harness's own timers wake it up, so that what it measures later can be doubted by as much.
package enum Calibration {
    /// How many timers are waited for, one after the other.
    package static let wakeUps = 200
    /// How long each of them takes.
    private static let interval = Duration.milliseconds(1)

    /// Waits for the timers: a fifth of a second and what the host adds.
    ///
    /// - Throws: `CancellationError`.
    package static func measure(on clock: any RunClock) async throws -> HarnessCalibrated {
        var lateness: [Duration] = []
        for _ in 0..<wakeUps {
            let due = clock.now.advanced(by: interval)
            try await clock.sleep(until: due, tolerance: nil)
            lateness.append(max(.zero, due.duration(to: clock.now)))
        }
        return summed(lateness)
    }

    /// What many measurements come to.
    package static func summed(_ lateness: [Duration]) -> HarnessCalibrated {
        let sorted = lateness.sorted()
        let at = { (share: Double) -> Stamp in
            guard !sorted.isEmpty else { return Stamp(nanoseconds: 0) }
            // The nearest rank: the smallest value that so large a share is not above.
            let rank = Int((Double(sorted.count) * share).rounded(.up))
            return Stamp(sinceStart: sorted[min(max(rank, 1), sorted.count) - 1])
        }
        return HarnessCalibrated(wakeUps: sorted.count, median: at(0.5), late: at(0.99), latest: at(1))
    }
}
