import DeliveryScenarios
import Foundation
import Notation
import Testing

@Suite struct `Handshakes of a receiver` {
    private func handshakes(_ value: String) throws -> [Handshake] {
        let scenario = try TestContract.scenario(
            "scenario: Hello\nendpoint: { handshake: \(value) }\nreceiver: [{ respond: 200 }]\nsteps: [quiet]\n"
        )
        return try #require(scenario.endpoints.first).script.handshakes
    }

    @Test func `are one, or several`() throws {
        #expect(try handshakes("slack") == [Handshake(kind: .slack)])
        #expect(try handshakes("[slack, discord]") == [Handshake(kind: .slack), Handshake(kind: .discord)])
        #expect(try handshakes("{ kind: zoom, secret: hush }") == [Handshake(kind: .zoom, secret: "hush")])
        #expect(try handshakes("{ kind: cloudevents, rate: 120 }") == [Handshake(kind: .cloudEvents, rate: 120)])
        #expect(try handshakes("[{ kind: slack }, cloudevents]").map(\.kind) == [.slack, .cloudEvents])
    }

    @Test func `may have their secret in the environment`() throws {
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        #expect(try handshakes("{ kind: zoom, secret: { env: PATH } }") == [Handshake(kind: .zoom, secret: path)])
    }

    @Test(
        arguments: [
            ("[]", "`handshake` is empty"),
            ("teams", "`kind` cannot be 'teams'"),
            ("zoom", "`zoom` needs its secret: without it the answer cannot be right"),
            ("{ kind: slack, secret: a }", "`slack` has no secret"),
            ("{ kind: slack, rate: 5 }", "`slack` has no rate"),
            ("{ secret: a }", "a handshake needs the key `kind`"),
            ("[slack, slack]", "`slack` is there twice"),
            (
                "{ kind: zoom, secret: { env: NOT_A_VARIABLE_OF_ANYONE } }",
                "the environment variable `NOT_A_VARIABLE_OF_ANYONE` is not set"
            ),
        ]
    )
    func `are checked`(_ value: String, _ message: String) {
        let error = #expect(throws: DiagnosticList.self) { try handshakes(value) }
        #expect(
            error?.diagnostics.map(\.message).contains(message) == true,
            "\(error?.diagnostics.map(\.message) ?? [])"
        )
    }
}
