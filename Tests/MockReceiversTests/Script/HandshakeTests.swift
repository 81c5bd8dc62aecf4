import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import RunClocks
import Testing

@Suite struct `Providers' questions` {
    private static func answer(
        _ handshake: Handshake,
        to request: String
    ) async throws -> (text: String, place: String?) {
        let evidence = RecordedEvidence()
        let script = ReplyScript(turns: [ScriptTurn(reply: .status(500))], handshakes: [handshake])
        let endpoint = ScenarioEndpoint(name: "a", identity: .plain, script: script)
        let text = try await withMockReceiver(
            for: endpoint,
            authority: try RunAuthority(),
            clock: RealRunClock(),
            sink: evidence
        ) { receiver in
            let victim = try Victim(port: receiver.port)
            defer { victim.close() }
            try await victim.send(request)
            return try await victim.receive { $0.contains("\r\n\r\n") }.text
        }
        return (text, evidence.arrived.first?.place)
    }

    @Test func `of Slack get their challenge back`() async throws {
        let body = #"{"type":"url_verification","token":"t","challenge":"3eZbrw\"1"}"#
        let (text, place) = try await Self.answer(Handshake(kind: .slack), to: request(body))
        #expect(text.hasPrefix("HTTP/1.1 200") && text.hasSuffix(#"{"challenge":"3eZbrw\"1"}"#))
        #expect(place == "handshake slack")
    }

    @Test func `of Zoom get the token and its HMAC`() async throws {
        // HMAC-SHA256 of "qgg8vlvZRS6UYooatFL8Aw" under "secret", by `openssl dgst -sha256 -hmac secret`.
        let body = #"{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#
        let (text, _) = try await Self.answer(Handshake(kind: .zoom, secret: "secret"), to: request(body))
        #expect(text.contains(#""plainToken":"qgg8vlvZRS6UYooatFL8Aw""#))
        #expect(text.contains(#""encryptedToken":"72cef096bfd47c0b8664df30d07721641e4abd7e885ba432204260db477a9a3e""#))
    }

    @Test func `of Discord get a pong`() async throws {
        let (text, _) = try await Self.answer(Handshake(kind: .discord), to: request(#"{"id":"1","type":1}"#))
        #expect(text.hasSuffix(#"{"type":1}"#))
    }

    @Test func `of CloudEvents get consent with its rate`() async throws {
        let asked = "OPTIONS /hooks HTTP/1.1\r\nHost: x\r\nWebHook-Request-Origin: events.example\r\n\r\n"
        let (text, _) = try await Self.answer(Handshake(kind: .cloudEvents, rate: 120), to: asked)
        #expect(text.contains("WebHook-Allowed-Origin: events.example\r\n"))
        #expect(text.contains("WebHook-Allowed-Rate: 120\r\n"))
    }

    @Test(arguments: [Handshake.Kind.slack, .zoom, .discord, .cloudEvents])
    func `do not swallow the events that follow them`(_ kind: Handshake.Kind) async throws {
        let (text, place) = try await Self.answer(Handshake(kind: kind), to: request(#"{"type":"event","id":2}"#))
        #expect(text.hasPrefix("HTTP/1.1 500") && place == "1")
    }
}
