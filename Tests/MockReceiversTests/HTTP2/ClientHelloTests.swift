import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `A ClientHello` {
    /// A record with a ClientHello that names a host, and whatever else is wanted to be wrong about it.
    private func hello(name: [UInt8], nameLength: Int? = nil, helloLength: Int? = nil) -> [UInt8] {
        func two(_ number: Int) -> [UInt8] { [8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        let entry = [0] + two(nameLength ?? name.count) + name
        let list = two(entry.count) + entry
        let extensions: [UInt8] = [0, 0] + two(list.count) + list
        let start: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0x13, 1, 1, 0]
        let body = start + two(extensions.count) + extensions
        let message: [UInt8] = [1, 0] + two(helloLength ?? body.count) + body
        return [22, 3, 1] + two(message.count) + message
    }

    /// What a receiver makes of bytes that begin a TLS connection.
    private func meet(_ bytes: [UInt8]) async throws -> RecordedEvidence {
        try await receivingHTTP2([.status(200)], identity: .trusted) { bench in
            let victim = try bench.victim()
            // The receiver may refuse it before all of it is sent.
            do { try await victim.send(bytes) } catch is Victim.Failure {}
            victim.shutDownWriting()
            _ = try await victim.receive()
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
    }

    @Test func `that is hostile harms nobody`() async throws {
        let host = Array("receiver.test".utf8)
        var cases: [[UInt8]] = [
            hello(name: host), hello(name: []), hello(name: [0, 10, 27, 255]), hello(name: host, nameLength: 60_000),
            hello(name: host, helloLength: 65_000), [22, 3, 1, 0, 0] + [22, 3, 1, 0, 0], [22, 3, 1, 255, 255],
            [UInt8](repeating: 22, count: 40_000), (0..<4000).flatMap { _ -> [UInt8] in [22, 3, 1, 0, 1, 1] },
        ]
        let whole = hello(name: host)
        for cut in stride(from: 1, to: whole.count, by: 7) { cases.append(Array(whole.prefix(cut))) }
        for bytes in cases {
            let evidence = try await meet(bytes)
            #expect(evidence.failedHandshakes.count == 1 && evidence.closed.count == 1 && evidence.failures.isEmpty)
        }
    }
}
