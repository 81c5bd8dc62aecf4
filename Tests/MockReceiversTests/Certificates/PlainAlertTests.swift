import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `An alert in the clear` {
    /// A TLS 1.3 client's first flight, fixed: no extension but the ones a handshake needs.
    private static let clientHello: [UInt8] = {
        func field(_ lengthBytes: Int, _ content: [UInt8]) -> [UInt8] {
            (0..<lengthBytes).reversed().map { UInt8(content.count >> ($0 * 8) & 0xFF) } + content
        }
        // The base point of X25519 is a valid public key.
        let keyShare = [0x00, 0x1D] + field(2, [9] + [UInt8](repeating: 0, count: 31))
        let extensions: [UInt8] =
            [0x00, 0x2B] + field(2, field(1, [0x03, 0x04]))
            + [0x00, 0x0A] + field(2, field(2, [0x00, 0x1D]))
            + [0x00, 0x0D] + field(2, field(2, [0x04, 0x03]))
            + [0x00, 0x33] + field(2, field(2, keyShare))
        let hello: [UInt8] =
            [0x03, 0x03] + [UInt8](repeating: 7, count: 32) + field(1, [])
            + field(2, [0x13, 0x01]) + field(1, [0x00]) + field(2, extensions)
        return [0x16, 0x03, 0x01] + field(2, [0x01] + field(3, hello))
    }()

    @Test(arguments: [1, 100])
    func `during a TLS 1.3 handshake is the dispatcher's refusal, by its name`(_ stride: Int) async throws {
        let evidence = try await receiving([.status(200)], identity: .selfSigned) { bench in
            let victim = try bench.victim()
            try await victim.send(Self.clientHello)
            #expect(try await victim.receive { _ in true }.pieces.first?.first == 0x16)
            let alert: [UInt8] = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 48]
            for start in Swift.stride(from: 0, to: alert.count, by: stride) {
                try await victim.send(Array(alert[start..<min(start + stride, alert.count)]))
                try await Task.sleep(for: .milliseconds(5))
            }
            _ = try await victim.receive()
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.failedHandshakes.map(\.reason) == ["alert unknown_ca"])
        #expect(evidence.closed.first?.closing.by == .dispatcher)
    }
}
