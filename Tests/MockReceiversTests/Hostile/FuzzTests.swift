import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import RunClocks
import Testing

/// Bytes that no client should send, drawn from a seed: a failure names the seed, and the seed brings the bytes back.
private struct HostileBytes {
    private var draw: SeededDraw

    init(seed: UInt64) {
        draw = SeededDraw(seed: seed, stream: 0)
    }

    private static let seeds = [
        "POST /hooks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\nWebHook-Request-Origin: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ]

    private mutating func number(below bound: Int) -> Int { min(bound - 1, Int(draw.unit() * Double(bound))) }

    /// One conversation: a well-formed one with some of its bytes changed, left out, said twice or made up.
    mutating func next() -> [UInt8] {
        var bytes = Array(Self.seeds[number(below: Self.seeds.count)].utf8)
        for _ in 0..<number(below: 6) {
            let at = number(below: bytes.count)
            switch number(below: 6) {
            case 0: bytes[at] = UInt8(number(below: 256))
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + number(below: 8)))
            case 2: bytes.insert(contentsOf: bytes[at...].prefix(1 + number(below: 20)), at: at)
            case 3: bytes.insert(contentsOf: (0..<number(below: 40)).map { _ in UInt8(number(below: 256)) }, at: at)
            case 4: bytes.insert(contentsOf: [0x0D, 0x0A], at: at)
            default: bytes = Array(bytes.prefix(at))
            }
            if bytes.isEmpty { bytes = [UInt8(number(below: 256))] }
        }
        return bytes
    }
}

@Suite struct `Bytes made to hurt` {
    private static let script = ReplyScript(
        turns: [ScriptTurn(reply: .status(200))],
        rules: [
            ReplyRule(
                name: "rule",
                pattern: RequestPattern(methods: ["PUT"], path: .like("/*a*b*")),
                turns: [ScriptTurn(reply: .status(201))]
            )
        ],
        handshakes: [Handshake(kind: .slack), Handshake(kind: .cloudEvents)]
    )

    /// As many as a few seconds allow; the count is what is asserted, never the time.
    @Test(arguments: [11, 42, 2026])
    func `leave every record in pairs and the receiver answering`(_ seed: UInt64) async throws {
        let evidence = RecordedEvidence()
        let endpoint = ScenarioEndpoint(name: "a", identity: .plain, offersHTTP2: seed == 42, script: Self.script)
        try await withMockReceiver(
            for: endpoint,
            authority: try RunAuthority(),
            clock: RealRunClock(),
            sink: evidence
        ) { receiver in
            var hostile = HostileBytes(seed: seed)
            for _ in 0..<150 {
                let victim = try Victim(port: receiver.port)
                // The receiver may end the connection before all is sent, which is its right.
                try? await victim.send(hostile.next())
                victim.close()
            }
            let victim = try Victim(port: receiver.port)
            try await victim.send(request("{}"))
            #expect(try await victim.receive { $0.contains("\r\n\r\n") }.text.hasPrefix("HTTP/1.1 200"), "seed \(seed)")
            victim.close()
        }
        // One that is reset before it is accepted need not be seen.
        #expect((2...151).contains(evidence.opened.count))
        #expect(Set(evidence.closed.map(\.connection)) == Set(evidence.opened.map(\.connection)))
        #expect(evidence.closed.count == evidence.opened.count)
        #expect(evidence.ended.map(\.attempt).sorted() == evidence.arrived.map(\.attempt).sorted(), "seed \(seed)")
        #expect(evidence.failures.isEmpty)
    }
}
