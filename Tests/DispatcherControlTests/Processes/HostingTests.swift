import DeliveryEvidence
import DispatcherControl
import Glibc
import Notation
import RunClocks
import Testing

@Suite struct `Hosts of processes` {
    private static let service = """
        dispatcher: pretended
        start: { command: [server, --port, "{port}"], environment: { LEVEL: debug } }
        ready: { line: up }
        emit: { command: ["true"] }
        """

    @Test(.timeLimit(.minutes(20)))
    func `are given what to start, tell what becomes of it, and are waited for`() async throws {
        let host = PretendHost()
        let evidence = RecordedEvidence()
        try await drive(Self.service, into: evidence, values: ["port": .number("81")], hosting: host) { dispatcher, _ in
            async let start: Void = dispatcher.start()
            #expect(try await comes { host.processes.count == 1 })
            let process = try #require(host.processes.first)
            #expect(process.launch.command == ["server", "--port", "81"])
            #expect(process.launch.environment == ["LEVEL": "debug"])
            #expect(process.launch.life == 1 && process.launch.service == nil)
            #expect(evidence.ready.isEmpty)
            process.wrote("up")
            try await start
            #expect(evidence.started.map(\.processID) == [7])
            process.ended(.exited("exit 3"))
            #expect(try await dispatcher.waitForUnexpectedEnd().problem.contains("(exit 3)"))
        }
        #expect(evidence.exited.map(\.status) == ["exit 3"])
        #expect(host.isOver)
    }

    @Test(.timeLimit(.minutes(20)))
    func `send the signals, and kill what a process left behind`() async throws {
        let host = PretendHost()
        try await drive(Self.service, values: [:], hosting: host) { dispatcher, _ in
            async let start: Void = dispatcher.start()
            #expect(try await comes { host.processes.count == 1 })
            host.processes.first?.wrote("up")
            try await start
            async let stop: Void = dispatcher.stop()
            #expect(try await comes { host.signals == [SIGTERM] })
            host.processes.first?.ended(.exited("exit 0"))
            await stop
            #expect(host.signals == [SIGTERM, SIGKILL])
            host.processes.first?.ended(.exited("exit 1"))
            #expect(host.signals.count == 2)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `send a signal that came before the start`() async throws {
        let host = PretendHost(startsAtOnce: false)
        let evidence = RecordedEvidence()
        try await drive("dispatcher: one\nemit: { command: [x] }\n", into: evidence, hosting: host) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b"))
            async let kill: Void = dispatcher.kill()
            #expect(try await comes { evidence.signals == ["KILL"] })
            #expect(host.signals.isEmpty)
            host.start(try #require(host.processes.first))
            await kill
            #expect(host.signals.first == SIGKILL)
        }
    }

    /// The clock stands: whoever waits for a time would wait for ever.
    @Test(.timeLimit(.minutes(20)))
    func `have 64 programs at a time, and the next begins when one ends`() async throws {
        let host = PretendHost()
        try await drive(
            "dispatcher: many\nemit: { command: [x, \"{endpoint}\"] }\n",
            clock: ManualClock(),
            hosting: host
        ) { dispatcher, _ in
            for number in 1...67 { try await dispatcher.register(.named("e\(number)")) }
            async let emission: Void = dispatcher.emit(.of("a.b"))
            #expect(try await comes { host.processes.count == 64 })
            try await Task.sleep(for: .milliseconds(50))
            #expect(host.processes.count == 64)
            host.processes[5].ended(.exited("exit 0"))
            #expect(try await comes { host.processes.count == 65 })
            host.processes[64].ended(.notStarted("for once"))
            host.processes[0].ended(.exited("exit 1"))
            try await emission
            #expect(host.processes.map { $0.launch.command[1] } == (1...67).map { "e\($0)" })
            #expect(host.processes.map(\.launch.life) == Array(1...67))
            #expect(await dispatcher.runningPrograms == 64)
            for process in host.processes { process.ended(.exited("exit 0")) }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `do not keep a cancelled run waiting for a turn`() async throws {
        let host = PretendHost()
        let evidence = RecordedEvidence()
        let driving = Task {
            try await drive(
                "dispatcher: many\nemit: { command: [x] }\n",
                into: evidence,
                clock: ManualClock(),
                hosting: host
            ) { dispatcher, _ in
                for number in 1...65 { try await dispatcher.register(.named("e\(number)")) }
                try await dispatcher.emit(.of("a.b"))
            }
        }
        #expect(try await comes { host.processes.count == 64 })
        driving.cancel()
        await #expect(throws: CancellationError.self) { try await driving.value }
        #expect(host.processes.count == 64 && evidence.emitted.isEmpty)
    }
}
