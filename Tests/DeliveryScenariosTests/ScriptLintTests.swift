import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Lint of scripts` {
    private func findings(
        _ lines: String,
        steps: String = "[{ emit: job.created }, quiet]",
        _ change: (inout Contract) throws -> Void = {
            $0.dedup = .says(DedupKey(header: nil, fields: [try JSONPointer("/id")]))
        }
    ) throws -> [Diagnostic] {
        let text = "scenario: Late\nclock: warped\n\(lines)\nsteps: \(steps)\n"
        return ScenarioLint.check(try TestContract.scenario(text), try TestContract.make(change))
    }

    private static let late = "begins before the body is read, and the contract identifies deliveries by /id in it"

    @Test(
        arguments: [
            "fault: reset after head", "fault: hang after 5 bytes of the request", "fault: slow-read",
            "respond: { status: 200, early: true }",
            "respond: { status: 200, slow_read: { bytes: 1, every: 1s } }",
            "fault: { kind: reset, slow_read: { bytes: 1, every: 1s } }",
        ]
    )
    func `foresees what begins before the delivery is known`(_ reply: String) throws {
        let found = try findings("receiver:\n  - respond: 500\n  - \(reply)")
        let errors = found.filter { $0.severity == .error }
        #expect(errors.count == 1 && errors.first?.message.contains(Self.late) == true, "\(found)")
        #expect(errors.first?.position?.line == 5)
        // It is no matter whose turn it is when all get the same.
        #expect(try !findings("receiver:\n  - \(reply)").contains { $0.severity == .error })
        // And a header is there in time.
        let header = try findings("receiver:\n  - respond: 500\n  - \(reply)") {
            $0.dedup = .says(DedupKey(header: "X-Id", fields: [try JSONPointer("/id")]))
        }
        #expect(!header.contains { $0.severity == .error }, "\(header)")
    }

    @Test func `warns of replies that no attempt comes to`() throws {
        let lines = "receiver:\n  - respond: 200\n  - respond: 500"
        let found = try findings(lines)
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.message.hasPrefix("no attempt comes to this reply") == true)
        #expect(found.first?.position?.line == 5)
        // A dispatcher that dies, an event that comes twice and attempts that nothing tells apart may come to it.
        #expect(try findings(lines, steps: "[{ emit: job.created }, kill, restart, quiet]").isEmpty)
        #expect(
            try findings(lines, steps: "[{ emit: job.created }, { emit: { event: job.created, again: 1 } }, quiet]")
                .isEmpty
        )
        #expect(try findings(lines) { _ in }.isEmpty)
        #expect(try findings("receiver: [{ respond: 500 }, { respond: 200 }]").isEmpty)
    }

    @Test func `warns of rules that another leaves nothing to`() throws {
        let found = try findings(
            """
            endpoint:
              match:
                - { name: posts, when: { method: POST }, receiver: [{ respond: 200 }] }
                - { name: late, when: { method: POST, path: /late }, receiver: [{ respond: 500 }] }
            """
        )
        #expect(found.map(\.message) == ["the rule `late` never applies: `posts` takes everything that it would"])
    }

    @Test func `warns of a signature that cannot be judged`() throws {
        let found = try findings(
            "endpoint:\n  secret: false\n  match: [{ when: { signature: valid }, receiver: [{ respond: 200 }] }]"
        )
        #expect(
            found.map(\.message) == ["the rule `rule-1` never applies: without a secret no signature can be judged"]
        )
    }

    @Test func `says nothing about numbers of attempts that chance decides`() throws {
        let more = "expect: { attempts: at least 3 }"
        let sure = try findings("receiver: [{ respond: 200 }]\n\(more)")
        #expect(sure.map(\.severity) == [.warning])
        #expect(try findings("receiver: [{ respond: 200 }, { respond: 503, with: 20 % }]\n\(more)").isEmpty)
    }
}
