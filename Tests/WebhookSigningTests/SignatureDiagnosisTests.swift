import Testing
import WebhookSigning

@Suite struct `Signature diagnosis` {
    private let scheme = SignatureScheme(prefix: "sha256=")
    private let secret = "correct-horse-battery"
    private let body = #"{"b": 1, "a": "é/<x>", "n": [1.0, 2]}"#

    private var input: SigningInput {
        SigningInput(body: Array(body.utf8), id: "msg_1", timestamp: "1700000000")
    }

    /// What is said when the header was made with another scheme, body or key.
    private func explanations(
        signedBy signer: SignatureScheme? = nil,
        over signedBody: String? = nil,
        with key: SigningKey? = nil,
        alternatives: SignatureAlternatives = SignatureAlternatives(),
        rewriting rewrite: (String) -> String = { $0 }
    ) throws -> [String] {
        var signed = input
        signed.body = Array((signedBody ?? body).utf8)
        let header = try (signer ?? scheme).sign(signed, key: key ?? SigningKey(secret))
        return SignatureDiagnosis.explanations(
            header: rewrite(header),
            scheme: scheme,
            input: input,
            key: SigningKey(secret),
            alternatives: alternatives
        )
    }

    @Test func `has nothing to say about a right signature`() throws {
        #expect(try explanations().isEmpty)
    }

    @Test func `has nothing to say about noise`() throws {
        #expect(try explanations(with: "somebody else's").isEmpty)
        #expect(try explanations(rewriting: { _ in "" }).isEmpty)
        #expect(try explanations(rewriting: { _ in "sha256=zz" }).isEmpty)
    }

    @Test(arguments: [
        (#"{"b":1,"a":"é/<x>","n":[1.0,2]}"#, "re-serialised as compact JSON"),
        (#"{"a":"é/<x>","b":1,"n":[1.0,2]}"#, "re-serialised as compact JSON with sorted keys"),
        (#"{"a": "é/<x>", "b": 1, "n": [1.0, 2]}"#, "re-serialised as spaced JSON with sorted keys"),
        (
            #"{"b": 1, "a": "\u00e9/<x>", "n": [1.0, 2]}"#,
            "re-serialised as spaced JSON with non-ASCII characters escaped"
        ),
        (
            #"{"b":1,"a":"é/\u003cx\u003e","n":[1.0,2]}"#,
            "re-serialised as compact JSON with <, >, & and U+2028/9 escaped"
        ),
        ("{\n  \"b\": 1,\n  \"a\": \"é/<x>\",\n  \"n\": [\n    1.0,\n    2\n  ]\n}", "re-serialised as indented JSON"),
    ])
    func `recognises the body in another spelling`(spelling: String, name: String) throws {
        #expect(try explanations(over: spelling) == ["it would verify over the body \(name)"])
    }

    @Test func `recognises a trailing newline`() throws {
        #expect(try explanations(over: body + "\n") == ["it would verify over the body with a trailing newline"])
        let wire = SigningInput(body: Array("x\r\n".utf8))
        let header = try scheme.sign(SigningInput(body: Array("x".utf8)), key: SigningKey(secret))
        let said = SignatureDiagnosis.explanations(header: header, scheme: scheme, input: wire, key: SigningKey(secret))
        #expect(said == ["it would verify over the body without its trailing newline"])
    }

    @Test func `recognises another encoding`() throws {
        #expect(
            try explanations(signedBy: SignatureScheme(encoding: .hexUpper, prefix: "sha256="))
                == ["it would verify as upper-case hex instead of lower-case hex"]
        )
        #expect(
            try explanations(signedBy: SignatureScheme(encoding: .base64, prefix: "sha256="))
                == ["it would verify as base64 instead of lower-case hex"]
        )
    }

    @Test func `recognises a missing, another and an unexpected prefix`() throws {
        #expect(try explanations(signedBy: SignatureScheme()) == ["it would verify without the prefix \"sha256=\""])
        #expect(
            try explanations(signedBy: SignatureScheme(prefix: "v0="))
                == ["it would verify under the prefix \"v0=\" instead of \"sha256=\""]
        )
        let header = try scheme.sign(input, key: SigningKey(secret))
        let said = SignatureDiagnosis.explanations(
            header: header,
            scheme: SignatureScheme(),
            input: input,
            key: SigningKey(secret)
        )
        #expect(said == ["it would verify under the prefix \"sha256=\", where none is expected"])
        #expect(
            try explanations(rewriting: { "\"\($0)\"" }) == ["it would verify inside white space or quotes"]
        )
    }

    @Test func `recognises another signed content, algorithm and timestamp`() throws {
        let timestamped = SignatureScheme(prefix: "sha256=", content: .timestampBody(separator: "."))
        #expect(
            try explanations(signedBy: timestamped)
                == ["it would verify over \"timestamp.body\" instead of the body alone"]
        )
        #expect(
            try explanations(signedBy: SignatureScheme(algorithm: .hmacSHA1, prefix: "sha256="))
                == ["it would verify as HMAC-SHA1 instead of HMAC-SHA256"]
        )
        var earlier = input
        earlier.timestamp = "1699999700"
        let said = SignatureDiagnosis.explanations(
            header: try timestamped.sign(earlier, key: SigningKey(secret)),
            scheme: timestamped,
            input: input,
            key: SigningKey(secret),
            alternatives: SignatureAlternatives(timestamps: [("the first attempt's timestamp", "1699999700")])
        )
        #expect(said == ["it would verify with the first attempt's timestamp"])
    }

    @Test func `recognises another key and another form of the key`() throws {
        let alternatives = SignatureAlternatives(keys: [("the old secret", "the-old-one"), ("the other", "x")])
        #expect(
            try explanations(with: "the-old-one", alternatives: alternatives)
                == ["it would verify with the old secret"]
        )

        let standard = SignatureScheme.standardWebhooks
        let key = SigningKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        var asText = standard
        asText.keyForm = .text
        let whole = SignatureDiagnosis.explanations(
            header: try asText.sign(input, key: key),
            scheme: standard,
            input: input,
            key: key
        )
        #expect(whole == ["it would verify with the secret used as text instead of decoded from base64"])
        let bare = SignatureDiagnosis.explanations(
            header: try asText.sign(input, key: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            scheme: standard,
            input: input,
            key: key
        )
        #expect(bare == ["it would verify with the secret used as text without its prefix \"whsec_\""])
    }

    @Test func `combines up to three differences and then gives up`() throws {
        let compact = #"{"b":1,"a":"é/<x>","n":[1.0,2]}"#
        let alternatives = SignatureAlternatives(keys: [("the old secret", "the-old-one")])
        #expect(
            try explanations(
                signedBy: SignatureScheme(encoding: .base64),
                over: compact
            ) == [
                "it would verify over the body re-serialised as compact JSON, without the prefix \"sha256=\" "
                    + "and as base64 instead of lower-case hex"
            ]
        )
        #expect(
            try explanations(
                signedBy: SignatureScheme(encoding: .base64),
                over: compact,
                with: "the-old-one",
                alternatives: alternatives
            ).isEmpty
        )
    }

    @Test func `tries the caller's own bodies`() throws {
        let alternatives = SignatureAlternatives(bodies: [("as the first attempt had it", Array("first".utf8))])
        #expect(
            try explanations(over: "first", alternatives: alternatives)
                == ["it would verify over the body as the first attempt had it"]
        )
    }

    @Test func `never repeats a secret or the header`() throws {
        let alternatives = SignatureAlternatives(keys: [("the old secret", "the-old-one")])
        let compact = #"{"b":1,"a":"é/<x>","n":[1.0,2]}"#
        let said = try explanations(over: compact, with: "the-old-one", alternatives: alternatives).joined()
        #expect(said.contains("the old secret"))
        #expect(!said.contains("the-old-one"))
        #expect(!said.contains(secret))
    }

    @Test(arguments: ["", "{", "[1,", "\"\\u12", "\"\\ud800\"", "{\"a\":}", "\"\\", "nul", "\u{FEFF}{}"])
    func `survives bodies that are not quite JSON`(_ body: String) {
        let said = SignatureDiagnosis.explanations(
            header: "sha256=\(String(repeating: "0", count: 64))",
            scheme: scheme,
            input: SigningInput(body: Array(body.utf8)),
            key: SigningKey(secret)
        )
        #expect(said.isEmpty)
    }
}

@Suite struct `Diagnosis of rarer slips` {
    private let secret = "whsec_Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5"
    private let body = #"{"a":1}"#
    private let stated = SignatureScheme(prefix: "sha256=")

    /// What is said of a header under the stated scheme.
    private func said(_ header: String, _ scheme: SignatureScheme? = nil, body: String? = nil) -> [String] {
        SignatureDiagnosis.explanations(
            header: header,
            scheme: scheme ?? stated,
            input: SigningInput(body: Array((body ?? self.body).utf8), id: "msg_1", timestamp: "1700000000"),
            key: SigningKey(secret)
        )
    }

    private func signed(
        _ scheme: SignatureScheme,
        over bytes: String,
        key: String,
        timestamp: String = "1"
    ) throws -> String {
        try scheme.sign(
            SigningInput(body: Array(bytes.utf8), id: "msg_1", timestamp: timestamp),
            key: SigningKey(key)
        )
    }

    @Test(arguments: [
        ("", "left empty"), ("{\"a\":1}\r\n", "with CR LF at its end"),
        (#""{\"a\":1}""#, "written once more as a JSON string"),
    ])
    func `recognises other bodies`(other: String, name: String) throws {
        let header = try signed(stated, over: other, key: secret)
        #expect(said(header) == ["it would verify over the body \(name)"])
    }

    @Test func `recognises a form that was decoded first`() throws {
        let header = try signed(stated, over: "a=x y/&b=ü", key: secret)
        #expect(said(header, body: "a=x+y%2F&b=%C3%BC") == ["it would verify over the body after percent-decoding"])
        #expect(said(header, body: "a=%").isEmpty)
    }

    @Test func `recognises a secret without its prefix, with a newline, and decoded`() throws {
        let bare = String(secret.dropFirst(6))
        #expect(
            said(try signed(stated, over: body, key: bare))
                == ["it would verify with the secret used as text without its prefix \"whsec_\""]
        )
        #expect(
            said(try signed(stated, over: body, key: secret + "\n"))
                == ["it would verify with a newline at the end of the secret, used as text"]
        )
        #expect(
            said(try signed(stated, over: body, key: "correct-horse-battery"))
                == ["it would verify with the secret decoded from base64 instead of used as text"]
        )
    }

    @Test func `recognises a timestamp in another unit or form`() throws {
        let scheme = SignatureScheme(prefix: "v0=", content: .versionTimestampBody)
        #expect(
            said(try signed(scheme, over: body, key: secret, timestamp: "1700000000000"), scheme)
                == ["it would verify with the timestamp in milliseconds"]
        )
        #expect(
            said(try signed(scheme, over: body, key: secret, timestamp: "2023-11-14T22:13:20Z"), scheme)
                == ["it would verify with the timestamp as RFC 3339"]
        )
    }

    @Test func `recognises hex where base64 is promised, base64 of hex, and a list with commas`() throws {
        let base64 = SignatureScheme(encoding: .base64)
        let hex = try signed(SignatureScheme(), over: body, key: secret)
        #expect(said(hex, base64) == ["it would verify as lower-case hex instead of base64"])
        let twice = SignatureEncoding.base64.encode(Array(hex.utf8))
        #expect(said(twice, base64) == ["it would verify as base64 of the hex digits instead of base64"])
        let listed = "t=1700000000,sha256=" + hex
        #expect(said(listed) == ["it would verify as one element of a list with commas"])
    }

    @Test func `never repeats the secret`() throws {
        let header = try signed(stated, over: body, key: String(secret.dropFirst(6)))
        #expect(!said(header).joined().contains("Y29y"))
    }
}
