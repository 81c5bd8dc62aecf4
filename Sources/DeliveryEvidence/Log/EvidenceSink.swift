/// Where whoever sees something says so.
///
/// `record` never waits and may be called from any thread, event loops included.
package protocol EvidenceSink: Sendable {
    /// Notes that `event` was seen at `stamp` on the scenario's clock and at `real` on the host's, counted from the
    /// start of the run.
    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp)

    /// Notes that `event` was seen at `stamp` on the scenario's clock.
    ///
    /// The scenario's clock is taken for the host's. A sink of a scenario whose clock is virtual must implement this
    /// itself and read the host's clock for the other stamp.
    func record(_ event: EvidenceEvent, at stamp: Stamp)
}

extension EvidenceSink {
    package func record(_ event: EvidenceEvent, at stamp: Stamp) {
        record(event, at: stamp, real: stamp)
    }
}
