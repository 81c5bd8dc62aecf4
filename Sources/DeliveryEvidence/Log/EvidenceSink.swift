/// Where whoever sees something says so.
///
/// `record` never waits and may be called from any thread, event loops included. Whoever can make its source wait, such
/// as a receiver that need not read from a connection, does so while ``isBehind`` says that more comes than is written:
/// nothing is lost then.
package protocol EvidenceSink: Sendable {
    /// Notes that `event` was seen at `stamp` on the scenario's clock and at `real` on the host's, counted from the
    /// start of the run.
    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp)

    /// Notes that `event` was seen at `stamp` on the scenario's clock.
    ///
    /// The scenario's clock is taken for the host's. A sink of a scenario whose clock is virtual must implement this
    /// itself and read the host's clock for the other stamp.
    func record(_ event: EvidenceEvent, at stamp: Stamp)

    /// Says that so much waits to be written that sources should be held back; cheap enough to be asked at every read.
    var isBehind: Bool { get }

    /// Calls `action` once, as soon as the sink is not behind: at once, on this thread, when it is not behind now.
    ///
    /// Else it is called later on a thread that is not the caller's, so an event loop hands itself the work. It must not
    /// block. It is called even when writing fails or the log is closed.
    func whenCaughtUp(_ action: @escaping @Sendable () -> Void)
}

extension EvidenceSink {
    package func record(_ event: EvidenceEvent, at stamp: Stamp) {
        record(event, at: stamp, real: stamp)
    }

    /// A sink that keeps everything in memory is never behind.
    package var isBehind: Bool { false }

    /// A sink that is never behind has caught up already.
    package func whenCaughtUp(_ action: @escaping @Sendable () -> Void) { action() }

    /// Returns as soon as the sink is not behind; see ``whenCaughtUp(_:)``.
    package func caughtUp() async {
        guard isBehind else { return }
        await withCheckedContinuation { continuation in
            whenCaughtUp { continuation.resume() }
        }
    }
}
