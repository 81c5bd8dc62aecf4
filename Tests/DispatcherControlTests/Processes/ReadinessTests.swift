import DeliveryEvidence
import DispatcherControl
import Testing

@Suite struct `Signs of readiness` {
    @Test(.timeLimit(.minutes(20)))
    func `comes with a line, and what the line captures is known from then on`() async throws {
        let text = """
            dispatcher: a shell script
            start:
              command: [sh, -c, "echo starting; echo at http://127.0.0.1:1/base >&2; exec sleep 3600"]
            ready: { line: "at {address}", within: 300s }
            emit: { post: "{address}/events" }
            """
        try await drive(text) { dispatcher, evidence in
            try await dispatcher.start()
            #expect(evidence.ready.map(\.life) == [1])
            try await dispatcher.emit(.of("a.b"))
            #expect(
                evidence.emitted.first?.detail.hasPrefix("no answer to POST http://127.0.0.1:1/base/events: ") == true
            )
            #expect(evidence.lines == ["starting", "at http://127.0.0.1:1/base"])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `comes with an answer on the port the harness chose`() async throws {
        let text = """
            dispatcher: a server of Python's
            start:
              command:
                - python3
                - -c
                - |
                  import http.server, sys
                  http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
                - "{port}"
            ready: { http: "http://127.0.0.1:{port}/", within: 300s }
            emit: { post: "http://127.0.0.1:{port}/" }
            """
        try await drive(text) { dispatcher, evidence in
            try await dispatcher.start()
            #expect(evidence.ready.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `that does not come in time is an error`() async throws {
        let evidence = RecordedEvidence()
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(shellService("sleep 3600", within: "200ms"), into: evidence) { dispatcher, _ in
                try await dispatcher.start()
            }
        }
        #expect(
            error.description == "the dispatcher was not ready within 200ms; waited for the line 'ready'; "
                + "see its output in the evidence, or raise `within` under `ready`"
        )
        #expect(evidence.exited.map(\.status) == ["signal 9"])
        #expect(evidence.ready.isEmpty)
    }

    @Test(.timeLimit(.minutes(20)))
    func `that cannot come any more is told with the last line`() async throws {
        let evidence = RecordedEvidence()
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(shellService("echo one\necho no database >&2\necho\nexit 3"), into: evidence) {
                dispatcher,
                _ in
                try await dispatcher.start()
            }
        }
        #expect(
            error.description == "the dispatcher ended before it was ready (exit 3); its last line: no database; "
                + "run the command under `start` by hand"
        )
        #expect(evidence.exited.map(\.expected) == [false])
    }

    @Test(.timeLimit(.minutes(20)))
    func `by an answer is given up when the process ends`() async throws {
        let text = """
            dispatcher: ends at once
            start: { command: [sh, -c, "exit 4"] }
            ready: { http: "http://127.0.0.1:{port}/", within: 300s }
            emit: { post: "http://127.0.0.1:{port}/" }
            """
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(text) { dispatcher, _ in try await dispatcher.start() }
        }
        #expect(error.problem == "the dispatcher ended before it was ready (exit 4); it wrote nothing")
    }

    @Test(.timeLimit(.minutes(20)), arguments: ["no-such-program-of-ours", "/no/such/program"])
    func `of a program that is not there is an error`(_ program: String) async throws {
        let text = """
            dispatcher: not there
            start: { command: [\(program)] }
            ready: { line: up, within: 300s }
            emit: { command: ["true"] }
            """
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(text) { dispatcher, _ in try await dispatcher.start() }
        }
        #expect(error.problem.hasPrefix("the dispatcher was not started: "))
        #expect(error.problem.contains(program))
        #expect(error.wayOut == "correct its `command`; a name without a slash is looked up on the PATH")
    }
}
