import DeliveryScenarios
import Notation
import Testing

@Suite struct `Steps that take a dispatcher's time or store away` {
    private func steps(_ lines: String) throws -> [StepAction] {
        try TestContract.scenario("scenario: S\nreceiver: [{ respond: 200 }]\nsteps:\n\(lines)").steps.map(\.action)
    }

    @Test func `are read`() throws {
        let read = try steps(
            """
              - at: { attempt: 2, point: waiting, endpoint: main, within: 1m }
              - pause
              - resume
              - pause: database
              - resume: database
              - store: unavailable
              - store: available
              - second-instance
            """
        )
        let point = NamedPoint(attempt: 2, point: .waiting, endpoint: "main", within: .seconds(60))
        #expect(
            read == [
                .at(point), .pause(service: nil), .resume(service: nil), .pause(service: "database"),
                .resume(service: "database"), .store(isAvailable: false), .store(isAvailable: true), .secondInstance,
            ]
        )
        #expect(read[0].summary == "at attempt 2 waiting at main within 1m")
        #expect(read.dropFirst().map(\.summary).first == "pause")
    }

    @Test(arguments: [
        ("  - at: { attempt: 0, point: received, within: 1m }", "`attempt` must be a whole number"),
        ("  - at: { attempt: 1, point: sent, within: 1m }", "'sent'"),
        ("  - at: { attempt: 1, point: received }", "a named point needs the key `within`"),
        ("  - store: away", "'away'"),
        ("  - second-instance: 3", "`second-instance` takes no value"),
        ("  - emit: { event: a, with: { /a: { fill: much } } }", "'much'"),
        ("  - emit: { event: a, with: { /a: { fill: 65MiB } } }", "more than a text is filled with"),
    ])
    func `are refused when they are wrong`(_ line: String, _ message: String) throws {
        let error = try #require(throws: DiagnosticList.self) { try steps(line) }
        #expect(error.diagnostics.contains { $0.message.contains(message) }, "\(error)")
    }

    @Test func `fill a text to a size`() throws {
        let read = try steps("  - emit: { event: a, with: { /big: { fill: 1KiB }, /object: { fill: 1B, more: 1 } } }")
        guard case .emit(let emission) = read[0] else {
            Issue.record("no emission")
            return
        }
        #expect(emission.overrides[0].value?.stringValue?.utf8.count == 1024)
        #expect(emission.overrides[1].value?.members?.count == 2)
    }

    @Test(arguments: [
        ("[{ emit: job.created }, pause, wait: 1s, quiet]", "nothing undoes `pause`"),
        ("[{ emit: job.created }, resume, quiet]", "this cannot be resumed"),
        ("[pause, { emit: job.created }, resume, quiet]", "the dispatcher is paused"),
        ("[{ emit: job.created }, pause: db, resume, quiet]", "nothing undoes `pause db`"),
        ("[{ emit: job.created }, store: unavailable, quiet]", "the store stays unavailable"),
        ("[kill, second-instance, restart, quiet]", "does not run after `kill`"),
    ])
    func `are held against one another by lint`(_ list: String, _ message: String) throws {
        let scenario = try TestContract.scenario("scenario: S\nreceiver: [{ respond: 200 }]\nsteps: \(list)\n")
        let found = ScenarioLint.check(scenario, try TestContract.make())
        #expect(found.contains { $0.message.contains(message) }, "\(found)")
    }
}
