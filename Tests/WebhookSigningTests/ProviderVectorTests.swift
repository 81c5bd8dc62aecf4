import Testing
import WebhookSigning

/// The expected values were computed with Python's hmac, hashlib and base64 modules, not with this code.
@Suite struct `Vectors for the providers' contracts` {
    @Test func `ContentsPal signs the body in lower-case hex after sha256=`() throws {
        let scheme = SignatureScheme(prefix: "sha256=")
        let body =
            #"{"event":"job.created","timestamp":"2026-03-03T14:30:00.000Z","organizationId":"abc123"}"#
        let signature = "sha256=e29196fdf074a31ee9c3dd2464a68865cc21e67fef407693113a020a2cad46d4"
        let input = SigningInput(body: Array(body.utf8))
        #expect(try scheme.sign(input, key: "contentspal-test-secret") == signature)
        #expect(scheme.verify(header: signature, input: input, key: "contentspal-test-secret") == .valid)
    }

    @Test(arguments: [
        ("occurredAt", 174, "w9zPKZ3eswZUwj/dPwkKWBb5RAVZBGgttvU7gh052aY="),
        ("occuredAt", 173, "wxv8QJNld1xJnSDEb0uVO+snfNuryoi+yX8/5VXh3MU="),
    ])
    func `Jobber signs the JSON body in base64`(field: String, size: Int, signature: String) throws {
        let scheme = SignatureScheme(encoding: .base64)
        let input = SigningInput(body: jobberBody(field))
        #expect(input.body.count == size)
        #expect(try scheme.sign(input, key: "jobber-oauth-client-secret") == signature)
        #expect(scheme.verify(header: signature, input: input, key: "jobber-oauth-client-secret") == .valid)
    }

    @Test func `Jobber's form era signs the JSON of the envelope and not the wire bytes`() throws {
        let scheme = SignatureScheme(encoding: .base64, content: .envelopeJSON)
        let signature = "wxv8QJNld1xJnSDEb0uVO+snfNuryoi+yX8/5VXh3MU="
        let form = SigningInput(body: Array("data=x".utf8), envelopeJSON: jobberBody("occuredAt"))
        #expect(try scheme.sign(form, key: "jobber-oauth-client-secret") == signature)
        let missing = SigningInput(body: form.body)
        #expect(throws: SigningError.missing(.envelopeJSON)) {
            try scheme.sign(missing, key: "jobber-oauth-client-secret")
        }
    }

    @Test(arguments: [
        (SignatureEncoding.hexLower, "ac80b918a5f319ddf4ffda2f57acaa323189b4909f560936f480c6fdd03953bd"),
        (.hexUpper, "AC80B918A5F319DDF4FFDA2F57ACAA323189B4909F560936F480C6FDD03953BD"),
        (.base64, "rIC5GKXzGd30/9ovV6yqMjGJtJCfVgk29IDG/dA5U70="),
        (.base64URL, "rIC5GKXzGd30_9ovV6yqMjGJtJCfVgk29IDG_dA5U70="),
    ])
    func `Site Services Now's candidates differ in encoding only`(
        encoding: SignatureEncoding,
        signature: String
    ) throws {
        let scheme = SignatureScheme(encoding: encoding)
        let input = SigningInput(body: Array(#"{"id":"evt_1","type":"ticket.created"}"#.utf8))
        #expect(try scheme.sign(input, key: "ssn-test-secret") == signature)
        #expect(scheme.verify(header: signature, input: input, key: "ssn-test-secret") == .valid)
    }

    private func jobberBody(_ field: String) -> [UInt8] {
        let app = #""topic":"CLIENT_CREATE","appId":"3ef22a50-072d-430c-a78f-b7646657560b""#
        let item = #""accountId":"MQ==","itemId":"MQ==","\#(field)":"2021-08-12T16:31:36-06:00""#
        return Array(#"{"data":{"webHookEvent":{\#(app),\#(item)}}}"#.utf8)
    }
}

/// A body and its three signatures with the key `assay-secret`, computed with Python's hmac module.
struct ForeignVector: Sendable, CustomTestStringConvertible {
    let name: String
    let body: [UInt8]
    let sha256Hex: String
    let sha1Hex: String
    let sha512Base64: String

    var testDescription: String { name }

    static let all = [
        ForeignVector(
            name: "an empty body",
            body: [],
            sha256Hex: "ab995da3ebbae2af4a944b9aeca56676205c792eddfbf12113013ff833a76c19",
            sha1Hex: "3e3ad49678899cd8297a30e42ed2c7573745b984",
            sha512Base64: "YwtSgrWGLtJhxruxRxeIOsevY9IXzxnJz7tDCKCBLWCpIB1DT03lGQPnBrGjCa24CRf3Fyhvr/okCpJ6bDuQJw=="
        ),
        ForeignVector(
            name: "one byte",
            body: [0x78],
            sha256Hex: "990518337cecaf38943739d707ca9547a73f746c374fa2e13b2689bc41db7dcb",
            sha1Hex: "2a90b39587c55d5ebd4088a076ae70f52676fef4",
            sha512Base64: "XulSJ1lUCah5hIYu13bbYts0I+kU7zh4nxoX235zgvYLS+sd8pCcVV48CU1XiweY9bmZqY76kYO88xrzPxZpgg=="
        ),
        ForeignVector(
            name: "one mebibyte",
            body: (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) },
            sha256Hex: "534af8f0bda7d70ecd19b591be37d6fdb92d02efd7a35b7b474964703722dcb6",
            sha1Hex: "ba7e3a8dd15efeeee71822f9317386c61c5e4f69",
            sha512Base64: "umFyZBdmkM0ue7vKdK3lQ4W2f1TQg/MgTcX9GHq1kOf1CnP8GHKjGoB4Yzl+xRkD1D1g49TRxZeQ8sb48iG77w=="
        ),
        ForeignVector(
            name: "non-ASCII text",
            body: Array(#"{"name":"Zoë Müller","city":"東京","mood":"🪝"}"#.utf8),
            sha256Hex: "54fb7124e6ad5ba65e8879560ae2e4efeac81868b601c5dd51ea7bbcc024348c",
            sha1Hex: "90cef497573cd651b57051eb6f4ff658ed3c97fb",
            sha512Base64: "63A/L4GDTpYj8aIvo9N3cSdBqE62b2OLlxKT83cPhxSBsMcP8fwUUi1gdGklLw6p3Sd//EOmlRdSudXGCDQzuw=="
        ),
        ForeignVector(
            name: "line and paragraph separators",
            body: Array("{\"note\":\"a\u{2028}b\u{2029}c\"}".utf8),
            sha256Hex: "2b29d0c8184102a90a67b44d91162b592da9d1126c763446d6f94cb20677186a",
            sha1Hex: "f2e44d6044121dee84423faf9c64b3666e2c4e81",
            sha512Base64: "X8hpd5+hbKOok/fcLXurEVuSvHIdQr3Eq6AdM1sDw201abSXPUnUF3+t9MXRkLJWtKH0WRQgp7j1UwAXos1vnQ=="
        ),
    ]
}

@Suite struct `A signer that is not ours` {
    @Test(arguments: ForeignVector.all)
    func `agrees about`(_ vector: ForeignVector) throws {
        let input = SigningInput(body: vector.body)
        let schemes = [
            (SignatureScheme(), vector.sha256Hex),
            (SignatureScheme(algorithm: .hmacSHA1), vector.sha1Hex),
            (SignatureScheme(algorithm: .hmacSHA512, encoding: .base64), vector.sha512Base64),
        ]
        for (scheme, signature) in schemes {
            #expect(try scheme.sign(input, key: "assay-secret") == signature)
            #expect(scheme.verify(header: signature, input: input, key: "assay-secret") == .valid)
        }
    }

    @Test(arguments: [
        (SignedContent.versionTimestampBody, "6df0d410751da08ce031cb2400f593865a0850018e90e3c1173ec3b5d4159fae"),
        (.timestampBody(separator: "."), "17693ee72adddc718d1fd58a34b418575da224fbbc1378e4449306e237185934"),
        (.timestampBody(separator: ":"), "aaa8186a59fbaa23b3e1c5c9542e154b65383ad7f3980b3865a71baccdce90cb"),
    ])
    func `agrees about timestamped contents`(content: SignedContent, signature: String) throws {
        let input = SigningInput(body: Array(#"{"event":"x"}"#.utf8), timestamp: "1700000000")
        #expect(try SignatureScheme(content: content).sign(input, key: "assay-secret") == signature)
    }

    @Test func `agrees about a key given in hex`() throws {
        let key = SigningKey(String(repeating: "00ff10a5", count: 8))
        let input = SigningInput(body: Array(#"{"event":"x"}"#.utf8))
        let signature = "ba92db84d0dcc2755a736b59a1314663f233e76da9bc805411b6511a253fafb4"
        #expect(try SignatureScheme(keyForm: .hexDecoded).sign(input, key: key) == signature)
    }
}
