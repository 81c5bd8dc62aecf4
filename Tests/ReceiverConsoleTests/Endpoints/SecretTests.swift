import DeliveryEvidence
import DeliveryScenarios
import Notation
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Secrets` {
    private static let secret = "s3cr3t-key-of-zoom"
    private static let yaml = """
        receiver:
          - respond: 200
        endpoint:
          handshake: { kind: zoom, secret: \(secret) }
        """

    /// The script of the endpoint, as one that has a secret in it would be written and read.
    private func order(_ redactor: Redactor) -> EndpointOrder {
        var script = ReplyScript(replies: [.respond(Response(status: 200))])
        script.handshakes = [Handshake(kind: .zoom, secret: Self.secret)]
        return EndpointOrder(
            id: "main",
            endpoint: ScenarioEndpoint(name: "main", identity: .plain, script: script),
            source: .yaml(Self.yaml),
            inspecting: { _, _ in SignatureFinding(state: .invalid, reason: "signed with \(Self.secret)") },
            redactor: redactor
        )
    }

    @Test func `stand in no answer, whoever wrote them where`() async throws {
        try await withConsole { console in
            let state = try await console.registry.open(order(Redactor()))
            _ = try await console.send(
                "POST",
                state.url + "?key=\(Self.secret)",
                Array("{\"k\":\"\(Self.secret)\"}".utf8)
            )
            let answers = [
                "/api/endpoints", "/api/endpoints/main", "/api/endpoints/main/requests",
                "/api/endpoints/main/requests/1", "/api/endpoints/main/requests/1/curl", "/api/endpoints/main/evidence",
            ]
            for path in answers {
                let answer = try await console.call("GET", path)
                #expect(answer.status == 200, "\(path)")
                #expect(!answer.text.contains(Self.secret), "\(path)")
            }
            let shown = try await console.call("GET", "/api/endpoints/main").json["script"]?.stringValue
            #expect(shown?.contains("{{secret:script.zoom}}") == true)
        }
    }

    @Test func `are kept when a script comes back with their names`() async throws {
        try await withConsole { console in
            let redactor = Redactor()
            _ = try await console.registry.open(order(redactor))
            let shown = try await console.registry.endpoint("main").source
            let back = try #require(shown)
            do {
                try await console.registry.play(back, at: "main", origin: "a test")
            } catch let list as DiagnosticList {
                Issue.record("\(list)")
            }
            #expect(try await console.registry.endpoint("main").source == back)
            #expect(redactor.redacted("x \(Self.secret) x") == "x {{secret:script.zoom}} x")
        }
    }

    @Test func `are not in the mistakes of a script`() async throws {
        try await withConsole { console in
            _ = try await console.registry.open(order(Redactor()))
            let body = JSONValue.object([.init(name: "script", value: .string(Self.secret))]).compact()
            let answer = try await console.call("PUT", "/api/endpoints/main/script", body)
            #expect(answer.status == 422)
            #expect(!answer.text.contains(Self.secret))
        }
    }
}
