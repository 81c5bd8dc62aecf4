import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookSigning

/// Messages about signatures, one for each way in which a signer is likely to go wrong.
@Suite struct `Messages about signatures` {
    /// A run whose only request is signed over other bytes, in another way or with another key.
    private func signed(
        over other: ([UInt8]) -> [UInt8] = { $0 },
        with key: SigningKey? = nil,
        scheme: SignatureScheme = SignatureScheme(prefix: "sha256="),
        _ changes: [(String, String)] = [],
        secret: SigningKey? = nil
    ) throws -> HistoryMaker {
        var maker = try ParcelContract.run(changes)
        if let secret { maker.keys.endpoints["main"]?.secret = secret }
        maker.attempt("e1", at: .seconds(2))
        let body = maker.history.attempts[0].arrived.body.bytes
        let input = SigningInput(body: other(body), id: "id-of-e1", timestamp: "1772546400")
        let own = try #require(maker.keys.secret(of: "main"))
        maker.setHeader(0, "Parcel-Signature", try scheme.sign(input, key: key ?? own))
        return maker
    }

    @Test func `tell a body that was serialised again`() throws {
        let maker = try signed(over: { body in
            let text = String(decoding: body, as: UTF8.self)
            return Array(text.replacing(#"":"#, with: #"": "#).replacing(",", with: ", ").utf8)
        })
        try GoldenMessage.expect("signature-reserialised", "signature.bytes", in: maker)
    }

    @Test func `tell a trailing newline`() throws {
        try GoldenMessage.expect("signature-newline", "signature.bytes", in: try signed(over: { $0 + [0x0A] }))
    }

    @Test func `tell another encoding`() throws {
        let maker = try signed(scheme: SignatureScheme(encoding: .base64, prefix: "sha256="))
        try GoldenMessage.expect("signature-encoding", "signature.bytes", in: maker)
    }

    @Test func `tell a missing prefix`() throws {
        try GoldenMessage.expect("signature-prefix", "signature.bytes", in: try signed(scheme: SignatureScheme()))
    }

    @Test func `tell a secret that was not decoded`() throws {
        let maker = try signed(
            scheme: SignatureScheme(prefix: "sha256=", keyForm: .text),
            [("key: { says: text", "key: { says: base64 after whsec_")],
            secret: "whsec_c2VjcmV0LW9mLW1haW4="
        )
        try GoldenMessage.expect("signature-key-form", "signature.bytes", in: maker)
    }

    @Test func `tell a timestamp in milliseconds`() throws {
        let scheme = SignatureScheme(prefix: "sha256=", content: .timestampBody(separator: "."))
        var maker = try signed(scheme: scheme, [("content: { says: body,", "content: { says: timestamp.body,")])
        let body = maker.history.attempts[0].arrived.body.bytes
        let input = SigningInput(body: body, timestamp: "1772546400000")
        let key = try #require(maker.keys.secret(of: "main"))
        maker.setHeader(0, "Parcel-Signature", try scheme.sign(input, key: key))
        try GoldenMessage.expect("signature-milliseconds", "signature.bytes", in: maker)
    }

    @Test func `tell the secret of another endpoint`() throws {
        var maker = try ParcelContract.run(endpoints: [HistoryMaker.endpoint("main"), HistoryMaker.endpoint("other")])
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e1", at: .seconds(2), to: "other")
        let body = maker.history.attempts[1].arrived.body.bytes
        let wrong = try #require(maker.signature(of: body, endpoint: "main"))
        maker.setHeader(1, "Parcel-Signature", wrong)
        try GoldenMessage.expect("signature-other-endpoint", "signature.bytes", in: maker)
    }

    @Test func `tell the secret from before it was changed`() throws {
        var maker = try ParcelContract.run()
        maker.keys.endpoints["main"]?.next = ["the-new-secret"]
        let rotated = EndpointRotated(
            endpoint: "main",
            asked: Stamp(sinceStart: .milliseconds(200)),
            accepted: true,
            detail: ""
        )
        maker.history.rotations.append(Timed(at: Stamp(sinceStart: .milliseconds(210)), value: rotated))
        // The maker signs with the first secret, which is the old one by now.
        maker.attempt("e1", at: .seconds(5))
        try GoldenMessage.expect("signature-old-secret", "signature.bytes", in: maker)
    }

    @Test func `tell a missing signature`() throws {
        var maker = try ParcelContract.retries(after: [.seconds(300)])
        maker.setHeader(1, "Parcel-Signature")
        try GoldenMessage.expect("signature-missing", "signature.bytes", in: maker)
    }

    @Test func `say when nothing explains a signature`() throws {
        try GoldenMessage.expect("signature-unexplained", "signature.bytes", in: try signed(with: "nobody's"))
    }

    @Test func `never show a secret`() throws {
        let old = SigningKey("the-secret-of-last-week")
        var maker = try signed(with: old)
        maker.keys.endpoints["main"]?.next = [old]
        for verdict in maker.judged().verdicts {
            let text = GoldenMessage.text(of: verdict, in: maker)
            #expect(!text.contains("last-week") && !text.contains("secret-of-main"))
        }
    }
}
