import DeliveryEvidence
import DispatcherControl
import RunClocks
import Testing

/// With a clock that only the test moves, whoever waits for real time instead fails: the limits here are of a day.
@Suite struct `The run's clock` {
    @Test(.timeLimit(.minutes(20)))
    func `stamps what is recorded`() async throws {
        let clock = ManualClock()
        clock.advance(to: .seconds(5))
        let evidence = RecordedEvidence()
        try await drive(shellService("echo ready\nexec sleep 300"), into: evidence, clock: clock) { dispatcher, _ in
            try await dispatcher.start()
            clock.advance(to: .seconds(9))
            await dispatcher.kill()
        }
        var stamps: Set<String> = []
        for (event, stamp) in zip(evidence.events, evidence.stamps) {
            stamps.insert("\(stamp.nanoseconds / 1_000_000_000) \(word(event))")
        }
        #expect(stamps == ["5 started", "5 wrote", "5 ready", "9 signalled", "9 exited"])
    }

    private func word(_ event: EvidenceEvent) -> String {
        switch event {
        case .dispatcherStarted: "started"
        case .dispatcherReady: "ready"
        case .dispatcherOutput: "wrote"
        case .dispatcherSignalled: "signalled"
        case .dispatcherExited: "exited"
        default: "else"
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `limits the wait for readiness`() async throws {
        let clock = ManualClock()
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(shellService("sleep 300", within: "24h"), clock: clock) { dispatcher, _ in
                async let start: Void = dispatcher.start()
                #expect(try await comes { clock.deadlines == [.seconds(86_400)] })
                clock.advance(to: .seconds(86_400))
                try await start
            }
        }
        #expect(error.problem == "the dispatcher was not ready within 1d; waited for the line 'ready'")
    }

    @Test(.timeLimit(.minutes(20)), arguments: ["http: \"http://127.0.0.1:{port}/\"", "port: \"{port}\""])
    func `is what questions for readiness wait on, 50 ms each`(_ sign: String) async throws {
        let text = """
            dispatcher: never listens
            start: { command: [sleep, "300"] }
            ready: { \(sign), within: 24h }
            emit: { command: ["true"] }
            """
        let clock = ManualClock()
        try await drive(text, clock: clock) { dispatcher, evidence in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await dispatcher.start() }
                for step in 1...3 {
                    let next = Duration.milliseconds(50 * step)
                    let asks = try? await comes { clock.deadlines == [next, .seconds(86_400)] }
                    #expect(asks == true, "\(clock.deadlines)")
                    clock.advance(to: next)
                }
                group.cancelAll()
            }
            #expect(evidence.ready.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `limits the wait for an end`() async throws {
        let clock = ManualClock()
        let evidence = RecordedEvidence()
        let stubborn = shellService("trap '' TERM\necho ready\nwhile :; do sleep 0.05; done", stop: "{ within: 24h }")
        try await drive(stubborn, into: evidence, clock: clock) { dispatcher, _ in
            try await dispatcher.start()
            clock.advance(to: .seconds(60))
            async let stop: Void = dispatcher.stop()
            #expect(try await comes { clock.deadlines == [.seconds(86_460)] })
            #expect(evidence.signals == ["TERM"])
            clock.advance(to: .seconds(86_460))
            await stop
        }
        #expect(evidence.signals == ["TERM", "KILL"])
    }
}
