/// Everything one scenario left in the evidence, indexed for judging.
package struct ScenarioHistory: Sendable {
    /// The scenario's id in the run.
    package var scenario: String
    package var opened: ScenarioOpened?
    /// When it began; `nil` when it did not.
    package var began: Stamp?
    /// Why it was not run; `nil` when it was.
    package var skipped: ScenarioSkipped?
    /// Why it was not run although nothing says that it should be skipped; `nil` when it was.
    package var notRun: ScenarioNotRun?
    /// When its last record was due; `nil` when the run ended before.
    package var closed: Stamp?
    /// The wall-clock time at stamp 0 of the scenario's clock, RFC 3339; `nil` when the record that says it is missing.
    package var startedAt: String?
    /// What its clock did.
    package var clock = ClockHistory()
    /// From its first record to its last, on its own clock; `nil` without any.
    package var span: ClosedRange<Stamp>?
    /// From its first record to its last, in real time since the start of the run; `nil` without any.
    package var realSpan: ClosedRange<Stamp>?
    package var endpoints: [EndpointOpened]
    package var registrations: [Timed<EndpointRegistered>]
    package var changes: [Timed<EndpointChanged>]
    /// The endpoints that got another URL, in order.
    package var updates: [Timed<EndpointUpdated>] = []
    /// The deliveries that somebody had sent again by hand, in order.
    package var redeliveries: [Timed<RedeliveryAsked>] = []
    /// The changes of endpoints' secrets.
    package var rotations: [Timed<EndpointRotated>] = []
    /// How much memory the dispatcher was seen to need.
    package var measurements: [Timed<DispatcherMeasured>] = []
    package var emissions: [Timed<EventEmitted>]
    package var connections: [ConnectionHistory]
    /// In order of arrival.
    package var attempts: [AttemptHistory]
    /// The receipts of the faults that the receivers produced.
    package var faults: [Timed<FaultProduced>] = []
    /// What the scenario's resolver was asked.
    package var names: [Timed<NameAsked>] = []
    /// What the scenario's proxy was asked.
    package var proxied: [Timed<ProxyAsked>] = []
    /// The test deliveries that were asked for.
    package var tests: [Timed<EndpointTested>] = []
    /// The packets that were captured; `nil` when none were asked for.
    package var capture: CaptureWritten?
    package var lives: [DispatcherLife]
    /// When the scenario kept the dispatcher or its store from going on.
    package var standstills: [Standstill] = []
    /// What came of further instances of the dispatcher.
    package var instances: [Timed<DispatcherInstance>] = []
    package var output: [Timed<DispatcherOutput>]
    package var stalls: [Timed<HostStalled>]
    /// How late the harness's timers were when the run began; `nil` where nobody measured it.
    package var calibration: HarnessCalibrated?
    package var steps: [StepHistory]
    /// What the delivery log said in the end.
    package var deliveryLog: DeliveryLogRead?
    /// What it said each time it was read, in order.
    package var logReads: [Timed<DeliveryLogRead>] = []
    package var observation: Timed<ObservationEnded>?
    package var failure: HarnessFailed?
    /// How many records of the scenario are missing here; what rests on silence is then uncertain.
    package var dropped = 0

    package init(scenario: String) {
        self.scenario = scenario
        endpoints = []
        registrations = []
        changes = []
        emissions = []
        connections = []
        attempts = []
        lives = []
        output = []
        stalls = []
        steps = []
    }
}

/// A record together with its stamp.
package struct Timed<Value: Sendable>: Sendable {
    package var at: Stamp
    package var value: Value

    package init(at: Stamp, value: Value) {
        self.at = at
        self.value = value
    }
}

extension Timed: Equatable where Value: Equatable {}
extension Timed: Hashable where Value: Hashable {}

/// One request and what became of it.
package struct AttemptHistory: Sendable {
    package var arrived: AttemptArrived
    /// When the reply script advanced; `nil` only in histories made by hand.
    package var at: Stamp?
    /// `nil` when the evidence ended first.
    package var ended: AttemptEnded?
    /// How the connection it came on ended; `nil` while it was open when the evidence ended.
    package var connectionClosing: Closing?

    package init(
        arrived: AttemptArrived,
        at: Stamp? = nil,
        ended: AttemptEnded? = nil,
        connectionClosing: Closing? = nil
    ) {
        self.arrived = arrived
        self.at = at
        self.ended = ended
        self.connectionClosing = connectionClosing
    }
}

/// One connection from accept to close.
package struct ConnectionHistory: Sendable {
    package var opened: Timed<ConnectionOpened>
    package var secured: Timed<ConnectionSecured>?
    package var handshakeFailed: Timed<HandshakeFailed>?
    package var closed: Timed<ConnectionClosed>?

    package init(opened: Timed<ConnectionOpened>) {
        self.opened = opened
    }
}

/// One life of the dispatcher's process.
package struct DispatcherLife: Sendable {
    package var started: Timed<DispatcherStarted>
    package var ready: Stamp?
    package var signals: [Timed<DispatcherSignalled>]
    package var exited: Timed<DispatcherExited>?

    package init(started: Timed<DispatcherStarted>) {
        self.started = started
        signals = []
    }
}

/// One step of the scenario as it was carried out.
package struct StepHistory: Sendable {
    package var step: Int
    package var text: String
    package var began: Stamp
    package var ended: Stamp?
    /// What a reader should know of how it ended, such as a wait that ended without what it waited for.
    package var note: String?

    package init(step: Int, text: String, began: Stamp) {
        self.step = step
        self.text = text
        self.began = began
    }
}
