/// One line of the evidence log.
package struct EvidenceRecord: Sendable, Hashable {
    /// Grows by one with each record of a run.
    package var sequence: Int
    /// The id of the scenario the record belongs to; `nil` for the run's own records.
    package var scenario: String?
    /// When it was seen, on the run's clock.
    package var at: Stamp
    package var event: EvidenceEvent

    package init(sequence: Int, scenario: String?, at: Stamp, event: EvidenceEvent) {
        self.sequence = sequence
        self.scenario = scenario
        self.at = at
        self.event = event
    }
}

/// What can be seen in a run.
package enum EvidenceEvent: Sendable, Hashable {
    case runOpened(RunOpened)
    case runClosed(RunClosed)
    case scenarioOpened(ScenarioOpened)
    case scenarioSkipped(ScenarioSkipped)
    case scenarioClosed(ScenarioClosed)
    case stepBegan(StepBegan)
    case stepEnded(StepEnded)
    case observationEnded(ObservationEnded)
    case harnessFailed(HarnessFailed)
    case hostStalled(HostStalled)
    case evidenceDropped(EvidenceDropped)

    case dispatcherStarted(DispatcherStarted)
    case dispatcherReady(DispatcherReady)
    case dispatcherOutput(DispatcherOutput)
    case dispatcherSignalled(DispatcherSignalled)
    case dispatcherExited(DispatcherExited)

    case endpointOpened(EndpointOpened)
    case endpointRegistered(EndpointRegistered)
    case endpointChanged(EndpointChanged)
    case eventEmitted(EventEmitted)
    case deliveryLogRead(DeliveryLogRead)

    case connectionOpened(ConnectionOpened)
    case connectionSecured(ConnectionSecured)
    case handshakeFailed(HandshakeFailed)
    case connectionClosed(ConnectionClosed)
    case attemptArrived(AttemptArrived)
    case attemptEnded(AttemptEnded)
}
