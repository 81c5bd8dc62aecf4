import Testing
import WebhookSigning

@Suite struct `Published signature vectors` {
    private let input = SigningInput(
        body: Array(#"{"test": 2432232314}"#.utf8),
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: "1614265330"
    )

    @Test func `Standard Webhooks v1 signs and verifies as its libraries do`() throws {
        let key = SigningKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        #expect(try SignatureScheme.standardWebhooks.sign(input, key: key) == signature)
        #expect(SignatureScheme.standardWebhooks.verify(header: signature, input: input, key: key) == .valid)
    }

    @Test func `Standard Webhooks v1 takes the secret without its prefix too`() throws {
        let key = SigningKey("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        #expect(try SignatureScheme.standardWebhooks.sign(input, key: key) == signature)
    }

    @Test func `Standard Webhooks v1a signs with the private key and verifies with the public one`() throws {
        let scheme = SignatureScheme.standardWebhooksAsymmetric
        let privateKey = SigningKey(
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
        )
        let publicKey = SigningKey("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")
        let signature =
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
        #expect(try scheme.sign(input, key: privateKey) == signature)
        #expect(scheme.verify(header: signature, input: input, key: publicKey) == .valid)
        #expect(scheme.verify(header: signature, input: input, key: privateKey) == .valid)

        var forged = input
        forged.body.append(0x20)
        #expect(scheme.verify(header: signature, input: forged, key: publicKey) == .invalid(.mismatch))
        #expect(throws: SigningError.self) { try scheme.sign(input, key: publicKey) }
    }

    @Test func `GitHub's documented example verifies`() throws {
        let scheme = SignatureScheme(prefix: "sha256=")
        let input = SigningInput(body: Array("Hello, World!".utf8))
        let key = SigningKey("It's a Secret to Everybody")
        let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        #expect(try scheme.sign(input, key: key) == signature)
        #expect(scheme.verify(header: signature, input: input, key: key) == .valid)
    }

    @Test func `RFC 9421 B 2 5 gives the published base and signature`() throws {
        let base = try MessageSignatureBase(
            components: [
                .init("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
                .init("@authority", "example.com"),
                .init("Content-Type", " application/json "),
            ],
            parameters: [.created(1_618_884_473), .keyID("test-shared-secret")]
        )
        #expect(
            base.text == """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@authority": example.com
                "content-type": application/json
                "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"
                """
        )
        #expect(
            base.signatureInputField(label: "sig-b25")
                == #"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#
        )
        let key = SigningKey("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==")
        let field = "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"
        #expect(try base.signatureField(label: "sig-b25", algorithm: .hmacSHA256, key: key) == field)
        #expect(base.verify(field: "a=:AA==:, \(field)", label: "sig-b25", algorithm: .hmacSHA256, key: key) == .valid)
        #expect(
            base.verify(field: field, label: "sig1", algorithm: .hmacSHA256, key: key)
                == .invalid(.wrongPrefix(expected: "sig1=:"))
        )
    }

    @Test func `RFC 9421 B 2 6 verifies with the public key and is what the private key signs`() throws {
        let base = try MessageSignatureBase(
            components: [
                .init("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
                .init("@method", "POST"),
                .init("@path", "/foo"),
                .init("@authority", "example.com"),
                .init("content-type", "application/json"),
                .init("content-length", "18"),
            ],
            parameters: [.created(1_618_884_473), .keyID("test-key-ed25519")]
        )
        let field =
            "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
        let publicKey = SigningKey("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=", role: .publicKey)
        #expect(base.verify(field: field, label: "sig-b26", algorithm: .ed25519, key: publicKey) == .valid)
        let privateKey = SigningKey("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=")
        #expect(try base.signatureField(label: "sig-b26", algorithm: .ed25519, key: privateKey) == field)
    }

    @Test func `The digests of RFC 9421's request are the published ones`() {
        let body = Array(#"{"hello": "world"}"#.utf8)
        let short = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
        let long =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"
        #expect(ContentDigest.sha256.field(for: body) == short)
        #expect(ContentDigest.sha512.field(for: body) == long)
        #expect(ContentDigest.verify(field: "\(short), \(long)", body: body) == .valid)
        #expect(ContentDigest.verify(field: "md5=:AA==:, \(short)", body: body) == .valid)
        #expect(ContentDigest.verify(field: "\(short), \(long)", body: body + [0x0A]) == .invalid(.mismatch))
        #expect(ContentDigest.verify(field: "md5=:AA==:", body: body) == .invalid(.wrongPrefix(expected: "sha-256=")))
        #expect(ContentDigest.verify(field: "sha-256=X48E", body: body) == .invalid(.notEncoded(.base64)))
    }
}

@Suite struct `Signature base` {
    @Test(arguments: [
        [MessageSignatureBase.Component("date", "a"), .init("Date", "b")],
        [.init("x-note", "a\n\"@method\": GET")],
        [.init("x-note", "é")],
        [.init("ä", "a")],
    ])
    func `refuses components that would make it ambiguous`(_ components: [MessageSignatureBase.Component]) {
        #expect(throws: SigningError.self) { try MessageSignatureBase(components: components, parameters: []) }
    }

    @Test func `escapes quotes in parameters and keeps their order`() throws {
        let base = try MessageSignatureBase(
            components: [],
            parameters: [
                .tag(#"a"b\c"#), .nonce("n"), .algorithm("hmac-sha256"), .expires(2), .created(1),
            ]
        )
        #expect(base.signatureParameters == #"();tag="a\"b\\c";nonce="n";alg="hmac-sha256";expires=2;created=1"#)
    }
}
