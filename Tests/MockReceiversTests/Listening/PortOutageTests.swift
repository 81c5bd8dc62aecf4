import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import RunClocks
import Testing

@Suite struct `Outages of the port` {
    private static func outage(_ kind: Fault.Kind) -> ScriptTurn {
        ScriptTurn(reply: .fault(Fault(kind: kind)), duration: .milliseconds(50))
    }

    private static func receipts(_ evidence: RecordedEvidence) -> [String] {
        evidence.events.compactMap { event in
            guard case .faultProduced(let fault) = event else { return nil }
            return "\(fault.asked): \(fault.wire)"
        }
    }

    @Test func `follow one another without a request between them, and end on the same port`() async throws {
        let evidence = RecordedEvidence()
        let script = ReplyScript(turns: [
            Self.outage(.refuse), Self.outage(.blackhole), ScriptTurn(reply: .status(200)),
        ])
        let endpoint = ScenarioEndpoint(name: "a", identity: .plain, script: script)
        let authority = try RunAuthority()
        try await withMockReceiver(for: endpoint, authority: authority, clock: RealRunClock(), sink: evidence) {
            receiver in
            try await evidence.reach { Self.receipts($0).count == 4 }
            let victim = try Victim(port: receiver.port)
            try await victim.send(request("{}"))
            #expect(try await victim.receive { $0.contains("\r\n\r\n") }.text.hasPrefix("HTTP/1.1 200"))
            victim.close()
        }
        #expect(
            Self.receipts(evidence) == [
                "fault refuse for 50ms: RST in answer to every SYN",
                "fault refuse for 50ms: the port takes connections again",
                "fault blackhole for 50ms: nothing in answer to a SYN",
                "fault blackhole for 50ms: the port takes connections again",
            ]
        )
        #expect(evidence.failures.isEmpty)
    }

    @Test func `that overlap are reported, not skipped`() async throws {
        let evidence = RecordedEvidence()
        let window = Interruption.Moment.window(from: .zero, duration: .seconds(60))
        let script = ReplyScript(
            turns: [
                ScriptTurn(reply: .fault(Fault(kind: .refuse)), duration: .seconds(60)),
                ScriptTurn(reply: .status(200)),
            ],
            interruptions: [Interruption(reply: .fault(Fault(kind: .blackhole)), moment: window)]
        )
        let endpoint = ScenarioEndpoint(name: "a", identity: .plain, script: script)
        let authority = try RunAuthority()
        try await withMockReceiver(for: endpoint, authority: authority, clock: RealRunClock(), sink: evidence) { _ in
            try await evidence.reach { !$0.failures.isEmpty }
        }
        #expect(evidence.failures.map(\.message).first?.contains("blackhole") == true)
    }
}
