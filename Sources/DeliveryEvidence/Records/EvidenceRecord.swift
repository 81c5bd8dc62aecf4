/// One line of the evidence log.
package struct EvidenceRecord: Sendable, Hashable {
    /// Grows by one with each record of a run.
    package var sequence: Int
    /// The id of the scenario the record belongs to; `nil` for the run's own records.
    package var scenario: String?
    /// When it was seen, on the clock of its scenario: real time since the start of the run, or virtual time since the
    /// start of the scenario.
    package var at: Stamp
    /// When it was seen, in real time since the start of the run; on the real clock the same as `at`.
    package var real: Stamp
    package var event: EvidenceEvent

    /// Makes a record; without `real` it is one of the real clock.
    package init(sequence: Int, scenario: String?, at: Stamp, real: Stamp? = nil, event: EvidenceEvent) {
        self.sequence = sequence
        self.scenario = scenario
        self.at = at
        self.real = real ?? at
        self.event = event
    }
}

/// What can be seen in a run.
package enum EvidenceEvent: Sendable, Hashable {
    case runOpened(RunOpened)
    case runClosed(RunClosed)
    case scenarioOpened(ScenarioOpened)
    case scenarioSkipped(ScenarioSkipped)
    case scenarioNotRun(ScenarioNotRun)
    case scenarioClosed(ScenarioClosed)
    case stepBegan(StepBegan)
    case stepEnded(StepEnded)
    case observationEnded(ObservationEnded)
    case harnessFailed(HarnessFailed)
    case hostStalled(HostStalled)
    case evidenceDropped(EvidenceDropped)
    case harnessCalibrated(HarnessCalibrated)

    case clockChosen(ClockChosen)
    case clockJumped(ClockJumped)
    case clockHeld(ClockHeld)
    case clockIdle(ClockIdle)
    case clockDoubted(ClockDoubted)

    case dispatcherStarted(DispatcherStarted)
    case dispatcherReady(DispatcherReady)
    case dispatcherOutput(DispatcherOutput)
    case dispatcherSignalled(DispatcherSignalled)
    case dispatcherExited(DispatcherExited)
    case storeChanged(StoreChanged)
    case dispatcherInstance(DispatcherInstance)
    case dispatcherMeasured(DispatcherMeasured)
    case endpointRotated(EndpointRotated)

    case endpointOpened(EndpointOpened)
    case endpointRegistered(EndpointRegistered)
    case endpointChanged(EndpointChanged)
    case endpointTested(EndpointTested)
    case endpointUpdated(EndpointUpdated)
    case redeliveryAsked(RedeliveryAsked)
    case eventEmitted(EventEmitted)
    case deliveryLogRead(DeliveryLogRead)

    case connectionOpened(ConnectionOpened)
    case connectionSecured(ConnectionSecured)
    case handshakeFailed(HandshakeFailed)
    case connectionClosed(ConnectionClosed)
    case attemptArrived(AttemptArrived)
    case attemptEnded(AttemptEnded)
    case faultProduced(FaultProduced)
    case captureWritten(CaptureWritten)
    case nameAsked(NameAsked)
    case proxyAsked(ProxyAsked)
}
