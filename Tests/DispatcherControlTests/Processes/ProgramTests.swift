import DeliveryEvidence
import DispatcherControl
import Notation
import Testing

@Suite struct `One-shot programs` {
    @Test(.timeLimit(.minutes(20)))
    func `run for each endpoint with its URL, the event's type and its body`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("echo $1 $2 $(cat)"), into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            try await dispatcher.register(.named("one", url: "https://h/1"))
            try await dispatcher.register(.named("two", url: "https://h/2"))
            let payload = JSONValue.object([JSONMember(name: "é", value: .number("1.0"))])
            try await dispatcher.emit(.of("a.b", payload: payload))
            try await evidence.reach { $0.exited.count == 2 }
            #expect(await dispatcher.runningPrograms == 0)
        }
        #expect(Set(evidence.lines) == [#"https://h/1 a.b {"é":1.0}"#, #"https://h/2 a.b {"é":1.0}"#])
        #expect(evidence.exited.map(\.expected) == [true, true])
        #expect(evidence.started.map(\.life).sorted() == [1, 2])
        let emitted = try #require(evidence.emitted.first)
        #expect(emitted.accepted && emitted.detail == "started for 2 endpoints")
        #expect(evidence.registered.map(\.detail) == Array(repeating: "no registration in its description", count: 2))
        #expect(evidence.registered.allSatisfy { $0.accepted && $0.status == nil })
    }

    @Test(.timeLimit(.minutes(20)))
    func `may fail, which is for others to judge`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("echo it failed >&2; exit 22"), into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b"))
            try await evidence.reach { $0.exited.count == 1 }
        }
        #expect(evidence.exited.map(\.status) == ["exit 22"])
        #expect(evidence.exited.map(\.expected) == [true])
        #expect(evidence.lines == ["it failed"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `need not read their input`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("exit 6"), into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b", payload: .string(String(repeating: "x", count: 3_000_000))))
            try await evidence.reach { $0.exited.count == 1 }
        }
        #expect(evidence.exited.map(\.status) == ["exit 6"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `get a large input whole`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("wc -c"), into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b", payload: .string(String(repeating: "x", count: 3_000_000))))
            try await evidence.reach { $0.exited.count == 1 }
        }
        #expect(evidence.lines.first?.contains("3000000") == true)
    }

    @Test(.timeLimit(.minutes(20)))
    func `have all they wrote recorded, though they end right after it`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("seq 1 30000"), into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b"))
            try await evidence.reach { $0.exited.count == 1 }
        }
        #expect(evidence.lines == (1...30_000).map { "\($0)" })
    }

    @Test(.timeLimit(.minutes(20)))
    func `can be killed as soon as they were started`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("sleep 3600"), into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b"))
            await dispatcher.kill()
            #expect(evidence.exited.map(\.status) == ["signal 9"])
            #expect(evidence.exited.map(\.expected) == [true])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `that are not there are told`() async throws {
        let text = "dispatcher: none\nemit: { command: [no-such-program-of-ours] }\n"
        let evidence = RecordedEvidence()
        try await drive(text, into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main"))
            try await dispatcher.emit(.of("a.b"))
            let error = try await dispatcher.waitForUnexpectedEnd()
            #expect(error.problem.hasPrefix("the dispatcher was not started: "))
        }
        #expect(evidence.exited.map(\.expected) == [false])
        #expect(evidence.started.isEmpty)
    }

    @Test(.timeLimit(.minutes(20)))
    func `wait for their turn when there are many`() async throws {
        let evidence = RecordedEvidence()
        try await drive(shellProgram("sleep 0.2"), into: evidence) { dispatcher, _ in
            for number in 1...70 { try await dispatcher.register(.named("e\(number)")) }
            try await dispatcher.emit(.of("a.b"))
            #expect(!evidence.exited.isEmpty)
            try await evidence.reach { $0.exited.count == 70 }
        }
        #expect(evidence.exited.allSatisfy { $0.status == "exit 0" })
    }

    @Test(.timeLimit(.minutes(20)), arguments: [(0, true), (1, false)])
    func `beside a running dispatcher tell by their exit whether it took the event`(
        _ status: Int,
        _ isAccepted: Bool
    ) async throws {
        let text = """
            dispatcher: with a client
            start: { command: [sh, -c, "echo up at box-7; exec sleep 3600"] }
            ready: { line: "up at {address}", within: 300s }
            emit: { command: [sh, -c, "echo $1 $(cat); exit \(status)", client, "{address}"], input: "{event_type}" }
            """
        let evidence = RecordedEvidence()
        try await drive(text, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            try await dispatcher.emit(.of("a.b"))
        }
        #expect(evidence.lines == ["up at box-7", "box-7 a.b"])
        #expect(evidence.emitted.map(\.accepted) == [isAccepted])
        #expect(evidence.emitted.map(\.detail) == ["exit \(status)"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `know the run's values, their environment and their own folder`() async throws {
        let text = """
            dispatcher: prints
            emit:
              command: [sh, -c, 'echo "$1 $LEVEL $0 $2"', "{folder}/tool", "{contract}", "{secret}"]
              environment: { LEVEL: "for {endpoint}" }
            """
        let evidence = RecordedEvidence()
        try await drive(text, into: evidence) { dispatcher, _ in
            try await dispatcher.register(.named("main", secret: "s3cret"))
            try await dispatcher.emit(.of("a.b"))
            try await evidence.reach { $0.exited.count == 1 }
        }
        #expect(evidence.lines == ["the contract for main here/tool s3cret"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `cannot be started with a placeholder that has no value`() async throws {
        let text = "dispatcher: none\nemit: { command: [\"true\", \"{secret}\"] }\n"
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(text) { dispatcher, _ in
                try await dispatcher.register(.named("main"))
                try await dispatcher.emit(.of("a.b"))
            }
        }
        #expect(error.problem == "`{secret}` in '{secret}' has no value here")
    }
}
