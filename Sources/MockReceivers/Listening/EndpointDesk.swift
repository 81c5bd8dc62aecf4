import DeliveryEvidence
import DeliveryScenarios
import RunClocks

/// What all connections of one endpoint share: its script, its numbers and where to report.
struct EndpointDesk: Sendable {
    let endpoint: String
    let clock: any RunClock
    let sink: any EvidenceSink
    let numbers: ScenarioNumbers
    let script: ScriptProgress
    /// The endpoint's own view and the one of all endpoints together.
    let activities: [ReceiverActivity]
    /// Where requests that are to be answered go.
    let arrivals: AsyncStream<Arrival>.Continuation
    var limits = RequestLimits()

    /// This moment on the run's clock.
    var now: Stamp { Stamp(sinceStart: clock.now.sinceStart) }

    func record(_ event: EvidenceEvent, at stamp: Stamp) {
        sink.record(event, at: stamp)
    }

    /// Reports that the receiver could not do what the script asked, so that the scenario proves nothing.
    func recordFailure(_ message: String) {
        sink.record(
            .harnessFailed(HarnessFailed(component: "receiver", message: "endpoint \(endpoint): \(message)")),
            at: now
        )
    }

    func note(at stamp: Stamp, arrived: Int = 0, inFlight: Int = 0) {
        for activity in activities { activity.note(at: stamp, arrived: arrived, inFlight: inFlight) }
    }
}
