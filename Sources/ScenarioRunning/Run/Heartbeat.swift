package import DeliveryEvidence
package import RunClocks

/// Notices when the host did not let the harness run, so that what was measured meanwhile can be doubted.
package struct Heartbeat {
    /// From one beat to the next.
    package static let interval = Duration.milliseconds(25)
    /// A beat this late is a stall.
    ///
    /// Well above the lateness of a timer on a busy host (a few milliseconds).
    package static let stall = Duration.milliseconds(100)

    private let clock: any RunClock
    private let sink: any EvidenceSink

    /// Beats on `clock`; stalls are recorded in `sink`.
    package init(clock: any RunClock, sink: any EvidenceSink) {
        self.clock = clock
        self.sink = sink
    }

    /// Beats until the task is cancelled.
    package func run() async {
        var due = clock.now.advanced(by: Self.interval)
        while !Task.isCancelled {
            do {
                try await clock.sleep(until: due, tolerance: nil)
            } catch {
                return
            }
            let now = clock.now
            if due.duration(to: now) > Self.stall {
                let began = Stamp(sinceStart: due.sinceStart)
                sink.record(.hostStalled(HostStalled(began: began)), at: Stamp(sinceStart: now.sinceStart))
            }
            due = now.advanced(by: Self.interval)
        }
    }
}
