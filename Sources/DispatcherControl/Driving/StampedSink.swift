import DeliveryEvidence
import RunClocks

/// Records what the dispatcher does, at the time of the run's clock.
struct StampedSink: Sendable {
    var sink: any EvidenceSink
    var clock: any RunClock

    var now: Stamp { Stamp(sinceStart: clock.now.sinceStart) }

    func record(_ event: EvidenceEvent) { sink.record(event, at: now) }
}
