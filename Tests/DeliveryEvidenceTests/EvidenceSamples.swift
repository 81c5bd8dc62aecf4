import DeliveryEvidence

/// One record of each kind, for tests that must hold for all of them.
enum EvidenceSamples {
    /// Every kind of event, in the order of their declaration.
    static let events: [EvidenceEvent] = {
        var events: [EvidenceEvent] = []
        var next: EvidenceEvent? = .runOpened(runOpened)
        while let event = next {
            events.append(event)
            next = successor(of: event)
        }
        return events
    }()

    static let runOpened = RunOpened(
        format: 1,
        tool: "0.1.0",
        seed: .max,
        clock: "real",
        host: "box",
        cores: 2,
        startedAt: "2026-01-02T03:04:05.678Z"
    )

    /// Names a sample for whatever comes after `event`: a new case of `EvidenceEvent` does not compile without one.
    private static func successor(of event: EvidenceEvent) -> EvidenceEvent? {
        switch event {
        case .runOpened: .runClosed(RunClosed(interrupted: true))
        case .runClosed:
            .scenarioOpened(
                ScenarioOpened(
                    file: "jobber/late.yaml",
                    title: "Late",
                    provider: "jobber",
                    contract: "jobber/contract.yaml",
                    contractFingerprint: "ab",
                    scenarioFingerprint: "cd",
                    variants: ["era-a"],
                    clock: "real",
                    dispatcher: "reference"
                )
            )
        case .scenarioOpened:
            .scenarioSkipped(ScenarioSkipped(file: "a.yaml", title: "A", provider: "jobber", reason: "needs time"))
        case .scenarioSkipped:
            .scenarioNotRun(
                ScenarioNotRun(
                    file: "b.yaml",
                    title: "B",
                    provider: "jobber",
                    variants: ["era-a"],
                    cause: .broken,
                    problems: "line 3: no such key"
                )
            )
        case .scenarioNotRun: .scenarioClosed(ScenarioClosed())
        case .scenarioClosed: .stepBegan(StepBegan(step: 1, text: "emit job.created"))
        case .stepBegan: .stepEnded(StepEnded(step: 1))
        case .stepEnded:
            .observationEnded(ObservationEnded(complete: true, quietFor: Stamp(nanoseconds: 5), why: "all quiet"))
        case .observationEnded: .harnessFailed(HarnessFailed(component: "dispatcher", message: "it died"))
        case .harnessFailed: .hostStalled(HostStalled(began: Stamp(nanoseconds: 7)))
        case .hostStalled: .evidenceDropped(EvidenceDropped(count: 3))
        case .evidenceDropped:
            .harnessCalibrated(
                HarnessCalibrated(
                    wakeUps: 200,
                    median: Stamp(nanoseconds: 60_000),
                    late: Stamp(nanoseconds: 900_000),
                    latest: Stamp(nanoseconds: 4_000_000)
                )
            )
        case .harnessCalibrated, .clockChosen, .clockJumped, .clockHeld, .clockIdle: ofClock(event)
        case .clockDoubted:
            .dispatcherStarted(
                DispatcherStarted(life: 1, processID: 42, command: ["./run", "--port", "0"], service: "database")
            )
        case .dispatcherStarted: .dispatcherReady(DispatcherReady(life: 1, service: "database"))
        case .dispatcherReady:
            .dispatcherOutput(
                DispatcherOutput(life: 1, line: "listening \u{1B}[0m ✓", service: "database")
            )
        case .dispatcherOutput:
            .dispatcherSignalled(DispatcherSignalled(life: 1, signal: "KILL", service: "database"))
        case .dispatcherSignalled:
            .dispatcherExited(DispatcherExited(life: 1, status: "signal 9", expected: true, service: "database"))
        case .dispatcherExited: .storeChanged(StoreChanged(available: true))
        case .storeChanged:
            .dispatcherInstance(DispatcherInstance(number: 2, outcome: .refused, detail: "the store is in use"))
        case .dispatcherInstance:
            .dispatcherMeasured(DispatcherMeasured(moment: .end, life: 1, processes: 2, peakMemory: 123_456_789))
        case .dispatcherMeasured:
            .endpointRotated(
                EndpointRotated(endpoint: "main", asked: Stamp(nanoseconds: 6), accepted: true, detail: "200 {}")
            )
        case .endpointRotated:
            .endpointOpened(
                EndpointOpened(endpoint: "main", url: "https://localhost:1/hooks", port: 1, identity: "trusted")
            )
        case .endpointOpened, .endpointRegistered, .endpointChanged, .endpointUpdated, .redeliveryAsked, .eventEmitted:
            afterEndpoint(event)
        case .deliveryLogRead: .connectionOpened(ConnectionOpened(connection: 1, endpoint: "main", peer: "127.0.0.1:9"))
        case .connectionOpened:
            .connectionSecured(
                ConnectionSecured(
                    connection: 1,
                    version: "TLSv1.3",
                    serverName: "localhost",
                    applicationProtocol: "h2"
                )
            )
        case .connectionSecured: .handshakeFailed(HandshakeFailed(connection: 2, reason: "unknown ca"))
        case .handshakeFailed:
            .connectionClosed(ConnectionClosed(connection: 1, closing: closing, bytesIn: 10, bytesOut: 20))
        case .connectionClosed: .attemptArrived(attempt(1, body: [0xFF, 0x00, 0xFE]))
        case .attemptArrived: .attemptEnded(ended)
        case .attemptEnded: .faultProduced(fault)
        case .faultProduced:
            .captureWritten(CaptureWritten(file: "captures/late.pcap", packets: 120, lost: 3, cut: 1))
        case .captureWritten:
            .nameAsked(NameAsked(name: "hooks.example.test", question: "A", answer: ["127.0.0.1"], turn: 2))
        case .nameAsked:
            .proxyAsked(ProxyAsked(method: "CONNECT", target: "127.0.0.1:8443", status: 200, localPort: 40100))
        case .proxyAsked:
            .endpointTested(
                EndpointTested(
                    endpoint: "main",
                    asked: Stamp(nanoseconds: 5),
                    accepted: true,
                    status: 200,
                    answer: "delivered"
                )
            )
        case .endpointTested: nil
        }
    }

    private static func ofClock(_ event: EvidenceEvent) -> EvidenceEvent {
        switch event {
        case .harnessCalibrated:
            .clockChosen(
                ClockChosen(
                    clock: "warped:preload",
                    reason: "ptrace is refused here (EPERM); the preload library works",
                    startedAt: "2026-01-02T03:04:06.789Z"
                )
            )
        case .clockChosen:
            .clockJumped(
                ClockJumped(from: Stamp(nanoseconds: 3), exact: false, due: "pid 123 'python3' sleep", skippedTicks: 4)
            )
        case .clockJumped: .clockHeld(ClockHeld(for: Stamp(nanoseconds: 8), why: "bytes are on their way"))
        case .clockHeld: .clockIdle(ClockIdle(why: "pid 123 'python3' waits for a futex"))
        default: .clockDoubted(ClockDoubted(what: "a peer on /run/db.sock outside the session"))
        }
    }

    private static func afterEndpoint(_ event: EvidenceEvent) -> EvidenceEvent {
        switch event {
        case .endpointOpened: .endpointRegistered(registered)
        case .endpointRegistered:
            .endpointChanged(
                EndpointChanged(
                    endpoint: "main",
                    change: .disabled,
                    asked: Stamp(nanoseconds: 1),
                    accepted: true,
                    detail: ""
                )
            )
        case .endpointChanged:
            .endpointUpdated(
                EndpointUpdated(
                    endpoint: "main",
                    url: "https://localhost:1/new",
                    asked: Stamp(nanoseconds: 2),
                    accepted: true,
                    detail: "200"
                )
            )
        case .endpointUpdated:
            .redeliveryAsked(
                RedeliveryAsked(
                    event: "e1",
                    endpoint: "main",
                    asked: Stamp(nanoseconds: 3),
                    accepted: true,
                    detail: "202"
                )
            )
        case .redeliveryAsked: .eventEmitted(emitted)
        default: .deliveryLogRead(deliveryLog)
        }
    }

    static let closing = Closing(by: .dispatcher, how: .reset, at: Stamp(nanoseconds: 90))

    static let ended = AttemptEnded(
        attempt: 1,
        asked: "respond 500",
        status: 500,
        answerBegan: Stamp(nanoseconds: 40),
        answerEnded: Stamp(nanoseconds: 50),
        bytesOut: 60,
        closing: nil,
        madeHeaders: [HeaderLine(name: "Retry-After", value: "Sun, 06 Nov 1994 08:49:37 GMT")]
    )

    static let fault = FaultProduced(
        endpoint: "main",
        connection: 1,
        attempt: 1,
        asked: "fault reset after 17 bytes of the body",
        kernel: ["setsockopt(SO_LINGER, 0) = 0", "close = 0"],
        wire: "RST after 121 bytes"
    )

    static let registered = EndpointRegistered(
        endpoint: "main",
        url: "https://localhost:1/hooks",
        accepted: true,
        status: 201,
        detail: "",
        events: ["job.created"],
        hasSecret: true,
        hasCredentials: false,
        source: "ui"
    )

    static let emitted = EventEmitted(
        event: "e1",
        type: "job.created",
        payload: Bytes(text: #"{"a":1}"#),
        source: "api",
        closedGates: ["scope"],
        again: "e0",
        asked: Stamp(nanoseconds: 2),
        accepted: true,
        status: 202,
        dispatcherID: "evt_1",
        detail: ""
    )

    static let deliveryLog = DeliveryLogRead(
        available: true,
        deliveries: [
            LoggedDelivery(
                id: "d1",
                eventID: "evt_1",
                eventType: "job.created",
                createdAt: "2026-01-02T03:04:05Z",
                url: "https://localhost:1/hooks",
                latestStatus: 500,
                payload: Bytes([0x80]),
                state: "exhausted",
                isGivenUp: true,
                attempts: [
                    LoggedAttempt(
                        number: 1,
                        outcome: "failed",
                        attemptedAt: "2026-01-02T03:04:05Z",
                        responseCode: 500,
                        responseHeaders: Bytes(text: "a: b\r\n"),
                        responseBody: Bytes([]),
                        error: "closed early",
                        nextAttemptAt: "2026-01-02T03:09:05Z"
                    )
                ],
                nextAttemptAt: "2026-01-02T03:09:06Z"
            )
        ],
        detail: ""
    )

    static func attempt(
        _ number: Int,
        connection: Int = 1,
        head: String = "POST /hooks HTTP/1.1\r\nHost: localhost\r\n\r\n",
        headers: [HeaderLine] = [HeaderLine(name: "Host", value: "localhost")],
        body: [UInt8] = []
    ) -> AttemptArrived {
        AttemptArrived(
            attempt: number,
            connection: connection,
            endpoint: "main",
            deliveryKey: "evt_1",
            ordinal: number,
            firstByte: Stamp(nanoseconds: 10),
            headEnd: Stamp(nanoseconds: 20),
            bodyEnd: Stamp(nanoseconds: 30),
            head: Bytes(text: head),
            method: "POST",
            target: "/hooks",
            version: "HTTP/1.1",
            headers: headers,
            body: Bytes(body)
        )
    }
}
