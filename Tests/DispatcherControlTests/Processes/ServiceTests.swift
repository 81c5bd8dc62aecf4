import DeliveryEvidence
import DispatcherControl
import Glibc
import Testing

@Suite struct `Services of a dispatcher` {
    /// Two databases and a worker before a dispatcher; each ends on SIGTERM.
    private static let company = """
        dispatcher: of a company
        services:
          - name: database
            command: [sh, -c, "echo accepting on $1; exec sleep 300", database, "{db_port}"]
            ports: [db_port]
            ready: { line: "accepting on {db_address}", within: 120s }
            stop: { within: 120s }
          - name: worker
            command: [sh, -c, "echo worker uses $1; exec sleep 300", worker, "{db_address}"]
            environment: { CACHE: "{cache_port}" }
            ready: { line: "uses {worker_id}", within: 120s }
            stop: { signal: INT, within: 120s }
            with: dispatcher
          - name: cache
            command: [sh, -c, "exec sleep 300"]
            ports: cache_port
            stop: { signal: QUIT, within: 120s }
        start: { command: [sh, -c, "echo up for $1 $2; exec sleep 300", api, "{db_port}", "{worker_id}"] }
        ready: { line: up, within: 120s }
        emit: { command: [echo, "{db_address} {cache_port} {db_port}"] }
        stop: { within: 120s }
        """

    @Test(.timeLimit(.minutes(20)))
    func `are started in order before it, each when the one before is ready, and ended in reverse`() async throws {
        let evidence = RecordedEvidence()
        try await drive(Self.company, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            // What has no sign of readiness is started and not waited for.
            try await evidence.reach { $0.started.contains { $0.service == "cache" } }
            #expect(await dispatcher.runningPrograms == 0)
        }
        let unwaited = evidence.story.filter { $0 != "cache started" }
        #expect(
            unwaited == [
                "database started", "database ready", "worker started", "worker ready",
                "dispatcher started", "dispatcher ready",
                "dispatcher sent TERM", "dispatcher exited signal 15", "cache sent QUIT", "cache exited signal 3",
                "worker sent INT", "worker exited signal 2", "database sent TERM", "database exited signal 15",
            ]
        )
        #expect(evidence.exited.allSatisfy { $0.expected })
        for started in evidence.started { try await expectGone(started.processID) }
    }

    @Test(.timeLimit(.minutes(20)))
    func `have ports of their own, and what they are ready with is known to all that comes later`() async throws {
        let evidence = RecordedEvidence()
        try await drive(Self.company, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            try await dispatcher.emit(.of("a.b"))
        }
        let port = try #require(evidence.lines.first?.split(separator: " ").last)
        let told = try #require(evidence.lines.last?.split(separator: " "))
        #expect(
            evidence.lines.dropFirst() == [
                "worker uses \(port)", "up for \(port) \(port)", told.joined(separator: " "),
            ]
        )
        #expect(told[0] == port && told[2] == port && told[1] != port)
        #expect(told.allSatisfy { Int($0).map { (1...65535).contains($0) } ?? false })
    }

    @Test(.timeLimit(.minutes(20)), arguments: [true, false])
    func `that live with the dispatcher are killed, stopped and started with it; the others live on`(
        _ isKilled: Bool
    ) async throws {
        let evidence = RecordedEvidence()
        try await drive(Self.company, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            let before = evidence.story.count
            if isKilled { await dispatcher.kill() } else { await dispatcher.stop() }
            let ending = Array(evidence.story.dropFirst(before)).filter { !$0.hasPrefix("cache started") }
            if isKilled {
                #expect(ending.prefix(2) == ["dispatcher sent KILL", "worker sent KILL"])
                #expect(Set(ending.dropFirst(2)) == ["dispatcher exited signal 9", "worker exited signal 9"])
            } else {
                let expected = [
                    "dispatcher sent TERM", "dispatcher exited signal 15", "worker sent INT", "worker exited signal 2",
                ]
                #expect(ending == expected)
            }
            let again = evidence.story.count
            try await dispatcher.start()
            #expect(
                Array(evidence.story.dropFirst(again)).filter { !$0.hasPrefix("cache") } == [
                    "worker started", "worker ready", "dispatcher started", "dispatcher ready",
                ]
            )
        }
        #expect(evidence.started.filter { $0.service == "worker" }.map(\.life) == [1, 2])
        #expect(evidence.started.filter { $0.service == "database" }.map(\.life) == [1])
        #expect(evidence.started.filter { $0.service == nil }.map(\.life) == [1, 2])
        #expect(evidence.exited.allSatisfy { $0.expected })
    }

    @Test(.timeLimit(.minutes(20)))
    func `that end by themselves are the failure of the dispatcher, by name`() async throws {
        let evidence = RecordedEvidence()
        try await drive(Self.company, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            let database = try #require(evidence.started.first { $0.service == "database" })
            kill(Int32(database.processID), SIGKILL)
            let error = try await dispatcher.waitForUnexpectedEnd()
            let port = try #require(evidence.lines.first)
            #expect(
                error.description == "the service 'database' ended by itself (signal 9); its last line: \(port); "
                    + "see its output in the evidence"
            )
        }
        #expect(evidence.exited.filter { !$0.expected }.map(\.service) == ["database"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `that live through a kill of the dispatcher still must not end by themselves`() async throws {
        let evidence = RecordedEvidence()
        try await drive(Self.company, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            await dispatcher.kill()
            kill(Int32(try #require(evidence.started.first).processID), SIGKILL)
            #expect(try await dispatcher.waitForUnexpectedEnd().problem.hasPrefix("the service 'database' ended by"))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `that end while another is started end the wait for that one`() async throws {
        let evidence = RecordedEvidence()
        let text = """
            dispatcher: waits in vain
            services:
              - name: database
                command: [sh, -c, "echo up; sleep 15; echo disk full; exit 4"]
                ready: { line: up, within: 120s }
            start: { command: [sleep, "300"] }
            ready: { line: never, within: 24h }
            emit: { command: ["true"] }
            """
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(text, into: evidence) { dispatcher, _ in try await dispatcher.start() }
        }
        #expect(error.problem == "the service 'database' ended by itself (exit 4); its last line: disk full")
        #expect(evidence.ready.map(\.service) == ["database"])
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            (
                "exit 3",
                "the service 'cache' ended before it was ready (exit 3); it wrote nothing; run its command by hand"
            ),
            (
                "sleep 300",
                "the service 'cache' was not ready within 200ms; waited for the line 'up'; "
                    + "see its output in the evidence, or raise `within` under `ready`"
            ),
        ]
    )
    func `that do not become ready keep everything after them from starting`(
        _ script: String,
        _ message: String
    ) async throws {
        let within = script == "sleep 300" ? "200ms" : "120s"
        let evidence = RecordedEvidence()
        let text = """
            dispatcher: has no cache
            services:
              - { name: database, command: [sleep, "300"] }
              - { name: cache, command: [sh, -c, "\(script)"], ready: { line: up, within: \(within) } }
            start: { command: [sleep, "300"] }
            ready: { line: up, within: 120s }
            emit: { command: ["true"] }
            """
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(text, into: evidence) { dispatcher, _ in try await dispatcher.start() }
        }
        #expect(error.description == message)
        #expect(!evidence.started.contains { $0.service == nil })
        for started in evidence.started { try await expectGone(started.processID) }
        #expect(evidence.exited.contains { $0.service == "database" && $0.status == "signal 9" })
    }

    @Test(.timeLimit(.minutes(20)))
    func `that are not there are told by name`() async throws {
        let text = """
            dispatcher: has no worker
            services: [{ name: worker, command: [no-such-program-of-ours] }]
            emit: { command: ["true"] }
            """
        try await drive(text) { dispatcher, evidence in
            do {
                try await dispatcher.start()
                throw try await dispatcher.waitForUnexpectedEnd()
            } catch let error as DispatcherError {
                #expect(error.problem.hasPrefix("the service 'worker' was not started: 'no-such-program-of-ours'"))
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `are ended with the scope when it is left by an error`() async throws {
        struct Mishap: Error {}
        let evidence = RecordedEvidence()
        await #expect(throws: Mishap.self) {
            try await drive(Self.company, into: evidence) { dispatcher, _ in
                try await dispatcher.start()
                throw Mishap()
            }
        }
        #expect(Set(evidence.signals) == ["KILL"] && evidence.signals.count == 4)
        for started in evidence.started { try await expectGone(started.processID) }
    }

    @Test(.timeLimit(.minutes(20)))
    func `may be all there is of a dispatcher`() async throws {
        let text = """
            dispatcher: two parts
            services:
              - { name: api, with: dispatcher, command: [sleep, "300"] }
            emit: { post: "http://127.0.0.1:1/" }
            delivery_log: { get: "http://127.0.0.1:1/" }
            """
        let evidence = RecordedEvidence()
        try await drive(text, into: evidence) { dispatcher, _ in
            await dispatcher.readDeliveryLog()
            try await dispatcher.start()
            await dispatcher.readDeliveryLog()
            await dispatcher.kill()
            await dispatcher.readDeliveryLog()
        }
        #expect(evidence.logs.map { $0.detail == "the dispatcher is not running" } == [true, false, true])
    }
}
