import DeliveryEvidence
import Testing

@Suite struct `Scenario history` {
    private func history(_ events: [(Int64, EvidenceEvent)], ofRun: [(Int64, EvidenceEvent)] = []) -> ScenarioHistory {
        var builder = HistoryBuilder(scenario: "p/a")
        var sequence = 0
        for (scenario, list) in [(nil, ofRun), ("p/a", events)] {
            for (at, event) in list {
                sequence += 1
                builder.add(
                    EvidenceRecord(sequence: sequence, scenario: scenario, at: Stamp(nanoseconds: at), event: event)
                )
            }
        }
        return builder.history
    }

    @Test func `joins attempts with their ends and with the closing of their connection`() {
        let history = history([
            (1, .connectionOpened(ConnectionOpened(connection: 1, endpoint: "main", peer: "a"))),
            (2, .attemptArrived(EvidenceSamples.attempt(2, connection: 2))),
            (3, .attemptArrived(EvidenceSamples.attempt(1, connection: 1))),
            (4, .attemptEnded(EvidenceSamples.ended)),
            (
                5,
                .connectionClosed(
                    ConnectionClosed(connection: 1, closing: EvidenceSamples.closing, bytesIn: 1, bytesOut: 2)
                )
            ),
        ])
        #expect(history.attempts.map(\.arrived.attempt) == [1, 2])
        #expect(history.attempts[0].ended == EvidenceSamples.ended)
        #expect(history.attempts[0].connectionClosing == EvidenceSamples.closing)
        #expect(history.attempts[0].at == Stamp(nanoseconds: 3))
        #expect(history.attempts[1].ended == nil)
        #expect(history.attempts[1].connectionClosing == nil)
        #expect(history.connections.map(\.closed?.at) == [Stamp(nanoseconds: 5)])
    }

    @Test func `follows a connection through its handshake`() {
        let history = history([
            (1, .connectionOpened(ConnectionOpened(connection: 2, endpoint: "main", peer: "b"))),
            (1, .connectionOpened(ConnectionOpened(connection: 1, endpoint: "main", peer: "a"))),
            (2, .connectionSecured(ConnectionSecured(connection: 1, version: "TLSv1.3", serverName: "localhost"))),
            (3, .handshakeFailed(HandshakeFailed(connection: 2, reason: "unknown ca"))),
        ])
        #expect(history.connections.map(\.opened.value.connection) == [1, 2])
        #expect(history.connections[0].secured?.value.serverName == "localhost")
        #expect(history.connections[0].handshakeFailed == nil)
        #expect(history.connections[1].handshakeFailed?.at == Stamp(nanoseconds: 3))
    }

    @Test func `keeps the receipts of faults in order, those of no attempt included`() {
        var refusal = EvidenceSamples.fault
        refusal.connection = nil
        refusal.attempt = nil
        let history = history([(1, .faultProduced(refusal)), (2, .faultProduced(EvidenceSamples.fault))])
        #expect(
            history.faults == [Timed(at: Stamp(nanoseconds: 1), value: refusal)]
                + [Timed(at: Stamp(nanoseconds: 2), value: EvidenceSamples.fault)]
        )
    }

    @Test func `tells the lives of the dispatcher apart`() {
        let history = history([
            (1, .dispatcherStarted(DispatcherStarted(life: 1, processID: 10, command: ["d"]))),
            (2, .dispatcherReady(DispatcherReady(life: 1))),
            (3, .dispatcherSignalled(DispatcherSignalled(life: 1, signal: "KILL"))),
            (4, .dispatcherExited(DispatcherExited(life: 1, status: "signal 9", expected: true))),
            (5, .dispatcherStarted(DispatcherStarted(life: 2, processID: 11, command: ["d"]))),
            (6, .dispatcherOutput(DispatcherOutput(life: 2, line: "hello"))),
        ])
        #expect(history.lives.map(\.started.value.processID) == [10, 11])
        #expect(history.lives[0].ready == Stamp(nanoseconds: 2))
        #expect(history.lives[0].signals.map(\.value.signal) == ["KILL"])
        #expect(history.lives[0].exited?.at == Stamp(nanoseconds: 4))
        #expect(history.lives[1].ready == nil)
        #expect(history.output.map(\.value.line) == ["hello"])
    }

    @Test func `keeps what services do out of the lives of the dispatcher, but not what they write`() {
        let history = history([
            (1, .dispatcherStarted(DispatcherStarted(life: 1, processID: 10, command: ["db"], service: "database"))),
            (2, .dispatcherReady(DispatcherReady(life: 1, service: "database"))),
            (3, .dispatcherStarted(DispatcherStarted(life: 1, processID: 11, command: ["d"]))),
            (4, .dispatcherReady(DispatcherReady(life: 1, service: "worker"))),
            (5, .dispatcherSignalled(DispatcherSignalled(life: 1, signal: "KILL", service: "worker"))),
            (6, .dispatcherExited(DispatcherExited(life: 1, status: "signal 9", expected: false, service: "worker"))),
            (7, .dispatcherOutput(DispatcherOutput(life: 1, line: "checkpoint", service: "database"))),
        ])
        #expect(history.lives.map(\.started.value.processID) == [11])
        #expect(history.lives[0].ready == nil && history.lives[0].signals.isEmpty && history.lives[0].exited == nil)
        #expect(history.output.map(\.value.line) == ["checkpoint"])
    }

    @Test func `closes the step that is open, and the scenario`() {
        let history = history([
            (1, .stepBegan(StepBegan(step: 1, text: "emit"))),
            (2, .stepEnded(StepEnded(step: 1, note: "late"))),
            (3, .stepBegan(StepBegan(step: 2, text: "quiet"))),
            (9, .scenarioClosed(ScenarioClosed())),
        ])
        #expect(history.steps.map(\.ended) == [Stamp(nanoseconds: 2), nil])
        #expect(history.steps.map(\.note) == ["late", nil])
        #expect(history.closed == Stamp(nanoseconds: 9))
    }

    @Test func `counts the last delivery log and the first failure`() {
        var early = EvidenceSamples.deliveryLog
        early.deliveries = []
        let history = history([
            (1, .deliveryLogRead(early)),
            (2, .deliveryLogRead(EvidenceSamples.deliveryLog)),
            (3, .harnessFailed(HarnessFailed(component: "dispatcher", message: "died"))),
            (4, .harnessFailed(HarnessFailed(component: "harness", message: "cannot emit"))),
        ])
        #expect(history.deliveryLog == EvidenceSamples.deliveryLog)
        #expect(history.failure?.message == "died")
    }

    @Test func `takes over the stalls of the host that overlap it`() {
        let stall = { (began: Int64) in EvidenceEvent.hostStalled(HostStalled(began: Stamp(nanoseconds: began))) }
        let history = history(
            [
                (100, .stepBegan(StepBegan(step: 1, text: "emit"))), (150, stall(140)),
                (200, .stepEnded(StepEnded(step: 1))),
            ],
            ofRun: [(90, stall(80)), (110, stall(90)), (250, stall(190)), (300, stall(260))]
        )
        #expect(history.stalls.map(\.at.nanoseconds) == [110, 150, 250])
    }

    @Test func `passes over the records of other scenarios`() {
        var builder = HistoryBuilder(scenario: "p/a")
        builder.add(
            EvidenceRecord(
                sequence: 1,
                scenario: "p/b",
                at: Stamp(nanoseconds: 1),
                event: .attemptArrived(EvidenceSamples.attempt(1))
            )
        )
        #expect(builder.history.attempts.isEmpty)
    }

    @Test(arguments: EvidenceSamples.events)
    func `has a place for every event of a scenario`(event: EvidenceEvent) {
        // What a record can be attached to must be there first.
        let base: [(Int64, EvidenceEvent)] = [
            (1, .dispatcherStarted(DispatcherStarted(life: 1, processID: 1, command: []))),
            (1, .connectionOpened(ConnectionOpened(connection: 1, endpoint: "main", peer: "a"))),
            (1, .connectionOpened(ConnectionOpened(connection: 2, endpoint: "main", peer: "a"))),
            (1, .stepBegan(StepBegan(step: 1, text: ""))),
            (1, .attemptArrived(EvidenceSamples.attempt(1, connection: 3))),
        ]
        switch event {
        case .runOpened, .runClosed: return
        default: #expect("\(history(base + [(9, event)]))" != "\(history(base))")
        }
    }
}
