import Testing
import WebhookSigning

@Suite struct `Drawn keys` {
    private let input = SigningInput(body: Array("{}".utf8), id: "msg_1", timestamp: "1614265330")

    @Test func `of a shared secret sign and verify with the same 24 bytes`() throws {
        let pair = SigningKeyPair.draw(for: .hmacSHA256)
        #expect(pair.secret == pair.verifier)
        #expect(pair.secret.revealed.hasPrefix("whsec_"))
        #expect(try pair.secret.bytes(as: .base64Decoded(prefix: "whsec_")).count == 24)
        let signature = try SignatureScheme.standardWebhooks.sign(input, key: pair.secret)
        #expect(SignatureScheme.standardWebhooks.verify(header: signature, input: input, key: pair.verifier).isValid)
    }

    @Test func `of Ed25519 sign with the secret half and verify with the public one, which cannot sign`() throws {
        let pair = SigningKeyPair.draw(for: .ed25519)
        #expect(pair.secret.revealed.hasPrefix("whsk_") && pair.secret.role == .secret)
        #expect(pair.verifier.revealed.hasPrefix("whpk_") && pair.verifier.role == .publicKey)
        let scheme = SignatureScheme.standardWebhooksAsymmetric
        let signature = try scheme.sign(input, key: pair.secret)
        #expect(scheme.verify(header: signature, input: input, key: pair.verifier).isValid)
        #expect(scheme.verify(header: signature, input: input, key: pair.secret).isValid)
        #expect(throws: SigningError.self) { try scheme.sign(input, key: pair.verifier) }
        let other = SigningKeyPair.draw(for: .ed25519)
        #expect(!scheme.verify(header: signature, input: input, key: other.verifier).isValid)
    }

    @Test(arguments: [SigningAlgorithm.hmacSHA256, .ed25519])
    func `are unlike each other and do not show themselves`(_ algorithm: SigningAlgorithm) {
        let pairs = (0..<50).map { _ in SigningKeyPair.draw(for: algorithm) }
        #expect(Set(pairs.map(\.secret.revealed)).count == 50)
        #expect(pairs.allSatisfy { !"\($0)".contains($0.secret.revealed) })
    }
}
