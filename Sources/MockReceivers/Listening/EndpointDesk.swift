import DeliveryEvidence
import DeliveryScenarios
import RunClocks

/// What all connections of one endpoint share: its script, its numbers and where to report.
///
/// A class, because every connection holds on to it many times a request.
final class EndpointDesk: Sendable {
    let endpoint: String
    let clock: any RunClock
    let sink: any EvidenceSink
    let numbers: ScenarioNumbers
    let script: ScriptProgress
    /// What signatures are worth; `nil` when nobody knows a contract.
    let signatures: (any SignatureReading)?
    /// The endpoint's own view and the one of all endpoints together.
    let activities: [ReceiverActivity]
    let timer: LoopTimer
    /// Told whenever an attempt or a connection that met a fault is over: something may be due to happen to the port.
    let attemptEnded: @Sendable () -> Void
    let limits = RequestLimits()

    init(
        endpoint: String,
        clock: any RunClock,
        sink: any EvidenceSink,
        numbers: ScenarioNumbers,
        script: ScriptProgress,
        signatures: (any SignatureReading)?,
        activities: [ReceiverActivity],
        timer: LoopTimer,
        attemptEnded: @escaping @Sendable () -> Void
    ) {
        self.endpoint = endpoint
        self.clock = clock
        self.sink = sink
        self.numbers = numbers
        self.script = script
        self.signatures = signatures
        self.activities = activities
        self.timer = timer
        self.attemptEnded = attemptEnded
    }

    /// This moment on the run's clock.
    var now: Stamp { Stamp(nanoseconds: clock.nanoseconds) }

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

    func note(at stamp: Stamp, arrived: Int = 0, ended: Int = 0, inFlight: Int = 0) {
        for activity in activities { activity.note(at: stamp, arrived: arrived, ended: ended, inFlight: inFlight) }
    }
}
