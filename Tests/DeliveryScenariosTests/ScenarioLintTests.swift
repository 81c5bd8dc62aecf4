import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Scenario lint` {
    private func findings(
        _ text: String,
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> [Diagnostic] {
        ScenarioLint.check(try TestContract.scenario(text), try TestContract.make(change))
    }

    /// A sound scenario but for the lines given, which replace the keys they name.
    private static func file(_ lines: String) -> String {
        var text = "scenario: Late\n" + lines + "\n"
        if !lines.contains("clock:") { text += "clock: warped\n" }
        if !lines.contains("receiver:") { text += "receiver: [{ respond: 500 }]\n" }
        if !lines.contains("steps:") { text += "steps: [{ emit: job.created }, quiet]\n" }
        return text
    }

    struct Case: CustomTestStringConvertible {
        var lines: String
        var severity: Diagnostic.Severity
        var message: String

        init(_ severity: Diagnostic.Severity, _ message: String, _ lines: String) {
            self.lines = lines
            self.severity = severity
            self.message = message
        }

        var testDescription: String { message }
    }

    @Test(
        arguments: [
            Case(.error, "the contract has no variant `era-b`", "variant: era-b"),
            Case(.error, "the contract has no event `job.create`", "steps: [{ emit: job.create }, quiet]"),
            Case(.error, "no event `nope`", "steps: [{ burst: { event: nope, count: 9 } }, quiet]"),
            Case(.error, "the contract has no event `nope`", "endpoint: { events: [job.created, nope] }"),
            Case(.error, "the contract has no source `api`", "endpoint: { source: api }"),
            Case(
                .error,
                "the contract has no gate `api`",
                "steps: [{ emit: { event: job.deleted, closed_gates: [api] } }, quiet]"
            ),
            Case(
                .warning,
                "the gate `api-enabled` does not hold back `job.created`",
                "steps: [{ emit: { event: job.created, closed_gates: [api-enabled] } }, quiet]"
            ),
            Case(
                .error,
                "`again: 1` names no earlier emission; 0 come before it",
                "steps: [{ emit: { event: job.created, again: 1 } }, quiet]"
            ),
            Case(
                .error,
                "`again: 3` names no earlier emission; 2 come before it",
                "steps: [{ burst: { event: job.created, count: 2 } }, { emit: { event: job.created, again: 3 } }, quiet]"
            ),
            Case(
                .error,
                "`again: 1` is an emission of `job.deleted`",
                "steps: [{ emit: job.deleted }, { emit: { event: job.created, again: 1 } }, quiet]"
            ),
            Case(.warning, "the scenario emits nothing", "steps: [quiet]"),
            Case(.error, "the dispatcher still runs", "steps: [{ emit: job.created }, restart, quiet]"),
            Case(.error, "`kill` came before", "steps: [{ emit: job.created }, kill, stop, quiet]"),
            Case(.error, "does not run after `kill`", "steps: [kill, { emit: job.created }, quiet]"),
            Case(
                .error,
                "`quiet: 5m` is shorter than the 10m after which the contract retries",
                "steps: [{ emit: job.created }, quiet: 5m]"
            ),
            Case(.warning, "the scenario takes about 26m3s of real time", "clock: real"),
            Case(.error, "any number of attempts meets this", "expect: { attempts: at least 0 }"),
            Case(
                .error,
                "the scenario ends before this can be seen",
                "steps: [{ emit: job.created }, { wait: 5s }]\nexpect: { attempts: exactly 1 }"
            ),
            Case(
                .error,
                "the scenario ends before this can be seen",
                "steps: [{ emit: job.created }, { wait: 5s }]\nexpect: { gaps: [5m ± 2%] }"
            ),
            Case(
                .warning,
                "the scenario ends as soon as attempts arrive",
                "steps: [{ emit: job.created }, { await: { attempts: 1, within: 5s } }]\nexpect: { attempts: at most 1 }"
            ),
            Case(
                .warning,
                "the scenario cannot get 3 attempts: its answers end in success after 2",
                "receiver: [{ respond: 500 }, { respond: 200 }]\nexpect: { attempts: exactly 3 }"
            ),
            Case(
                .warning,
                "the endpoint `main` cannot get 2 attempts: its answers end in success after 1",
                "receiver: [{ respond: 200 }]\nexpect: { endpoints: { main: { attempts: at least 2 } } }"
            ),
            Case(
                .error,
                "2 gaps need 3 attempts, but `attempts` allows 2",
                "expect: { attempts: exactly 2, gaps: [5m ± 2%, 10m ± 2%] }"
            ),
            Case(
                .error,
                "`gaps` needs a scenario with one delivery, and this one has up to 2",
                "steps: [{ burst: { event: job.created, count: 2 } }, quiet]\nexpect: { gaps: [5m ± 2%] }"
            ),
            Case(
                .error,
                "nothing is emitted, so this is always met",
                "steps: [quiet]\nexpect: { registration: refused, emission: refused }"
            ),
        ]
    )
    func `finds that`(_ case: Case) throws {
        let findings = try findings(Self.file(`case`.lines))
        #expect(findings.count == 1, "\(findings.map(\.message))")
        let finding = try #require(findings.first)
        #expect(finding.severity == `case`.severity)
        #expect(finding.message.contains(`case`.message), "\(finding.message)")
        #expect(finding.position != nil)
        #expect(finding.help != nil)
        #expect(finding.path == "test/late.yaml")
    }

    @Test(
        arguments: [
            "expect: { attempts: exactly 3, gaps: [5m ± 2%, 10m ± 2%] }",
            "receiver: [{ respond: 500 }, { respond: 200 }]\nexpect: { attempts: exactly 2 }",
            "clock: real\nreceiver: [{ respond: 200 }]\nexpect: { attempts: exactly 1 }",
            "clock: real\nreceiver: [{ respond: 200 }]\nsteps: [{ emit: job.created }, quiet: 3s]",
            "clock: real\nsteps: [{ emit: job.created }, { await: { attempts: 1, within: 5s } }, wait: 3s]",
            "steps: [{ emit: job.created }, kill, restart, quiet]\nreceiver: [{ respond: 200 }]\n"
                + "expect: { attempts: at least 1 }",
            "steps: [{ emit: job.deleted }, { emit: { event: job.deleted, again: 1 } }, quiet]",
            "steps: [{ emit: { event: job.deleted, closed_gates: [api-enabled], source: api } }, quiet]\n"
                + "expect: { attempts: exactly 0 }",
            "steps: [quiet]\nexpect: { registration: refused }",
            "endpoint: { events: [job.created], source: ui }\nvariant: era-a",
        ]
    )
    func `finds nothing in a sound scenario`(lines: String) throws {
        #expect(try findings(Self.file(lines)).map(\.message) == [])
    }

    @Test func `knows that switching an endpoint on sends one delivery where the contract says so`() throws {
        let text = Self.file("receiver: [{ respond: 200 }]\nsteps: [quiet]\nexpect: { attempts: exactly 1 }")
        #expect(try findings(text) { $0.endpoint.activationDelivery = .says(true) }.isEmpty)
    }

    @Test func `asks for sources and authentication that the contract has`() throws {
        let withSource = Self.file("steps: [{ emit: { event: job.created, source: ui } }, quiet]")
        let messages = try findings(withSource) { $0.endpoint.sourceFilter = .unstated }.map(\.message)
        #expect(messages == ["the events of this contract have no source"])
        let filtered = try findings(Self.file("endpoint: { source: ui }")) { $0.endpoint.sourceFilter = .unstated }
        #expect(filtered.map(\.message) == ["endpoints of this contract take no source"])
        let basic = try findings(Self.file("endpoint: { auth: basic }")) {
            $0.endpoint.authentication = .says([.none])
        }
        #expect(basic.map(\.severity) == [.warning])
    }

    @Test func `shows a finding with its line and the way out`() throws {
        let text = """
            scenario: Late
            clock: warped
            receiver:
              - respond: 500
            steps:
              - emit: job.craeted
              - quiet: 5m
            """
        let source = SourceText(path: "test/late.yaml", text: text)
        let list = DiagnosticList(try findings(text))
        let expected = """
            test/late.yaml:6:11: error: the contract has no event `job.craeted`
             6 |   - emit: job.craeted
               |           ^
               = help: did you mean `job.created`?
            test/late.yaml:7:5: error: `quiet: 5m` is shorter than the 10m after which the contract retries, so silence \
            proves nothing
             7 |   - quiet: 5m
               |     ^
               = help: write `quiet`, which watches 11m2s, or `wait: 5m`, which claims nothing
            """
        #expect(list.rendered(sources: [source]) == expected)
    }
}
