import Testing
import WebhookSigning

@Suite struct `Refused signatures` {
    private let plain = SignatureScheme(prefix: "sha256=")
    private let hello = SigningInput(body: Array("Hello, World!".utf8))
    private let key = SigningKey("It's a Secret to Everybody")
    private let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    private let message = SigningInput(
        body: Array(#"{"test": 2432232314}"#.utf8),
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: "1614265330"
    )
    private let messageKey = SigningKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    private let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    private let wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

    private func fault(_ header: String) -> SignatureFault? {
        fault(plain.verify(header: header, input: hello, key: key))
    }

    private func standardFault(_ header: String) -> SignatureFault? {
        fault(SignatureScheme.standardWebhooks.verify(header: header, input: message, key: messageKey))
    }

    private func fault(_ verdict: SignatureVerdict) -> SignatureFault? {
        if case .invalid(let fault) = verdict { fault } else { nil }
    }

    @Test func `are named by what is wrong with their form`() {
        #expect(fault("sha256=\(digits)") == nil)
        #expect(fault("") == .empty)
        #expect(fault("  ") == .empty)
        #expect(fault("sha256=") == .empty)
        #expect(fault(digits) == .wrongPrefix(expected: "sha256="))
        #expect(fault("SHA256=\(digits)") == .wrongPrefix(expected: "sha256="))
        #expect(fault("sha256=\(digits.uppercased())") == .upperCaseHex)
        #expect(fault("sha256=\(digits.dropLast(2))") == .wrongLength(expected: 64, found: 62))
        #expect(fault("sha256=\(digits.dropLast())") == .wrongLength(expected: 64, found: 63))
        #expect(fault("sha256=\(digits)00") == .wrongLength(expected: 64, found: 66))
        #expect(fault("sha256=\(digits.dropLast())g") == .notEncoded(.hexLower))
        #expect(fault("sha256=\(digits) ") == .notEncoded(.hexLower))
        #expect(fault("sha256=\(digits) sha256=\(digits)") == .notEncoded(.hexLower))
        #expect(fault("sha256=dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=") == .notEncoded(.hexLower))
    }

    @Test func `of the right form do not match another body, key or digit`() {
        #expect(fault("sha256=\(digits.dropLast())8") == .mismatch)
        let other = SigningInput(body: Array("Hello, World".utf8))
        #expect(plain.verify(header: "sha256=\(digits)", input: other, key: key) == .invalid(.mismatch))
        #expect(plain.verify(header: "sha256=\(digits)", input: hello, key: "another") == .invalid(.mismatch))
    }

    @Test func `in base64 are held to padding and to the last bit`() {
        let text = String(right.dropFirst(3))
        #expect(standardFault("v1,\(text.dropLast())") == .wrongLength(expected: 44, found: 43))
        #expect(standardFault("v1,\(text.dropLast(8))") == .wrongLength(expected: 44, found: 36))
        // "OE=" and "OF=" differ in bits that belong to no byte; only one of them is base64 as RFC 4648 writes it.
        #expect(standardFault("v1,\(text.dropLast(2))F=") == .notEncoded(.base64))
        let ofURLs = String(text.map { $0 == "+" ? "-" : $0 })
        #expect(standardFault("v1,\(ofURLs)") == .notEncoded(.base64))
    }

    @Test func `in a list do not spoil the right one, wherever it stands`() {
        #expect(standardFault("\(wrong) \(wrong) \(right) v2,anything") == nil)
        #expect(standardFault("v1a,AAAA \(right)") == nil)
        #expect(standardFault("\(wrong) \(wrong)") == .mismatch)
        #expect(standardFault("v1,short \(wrong)") == .mismatch)
        #expect(standardFault(wrong) == .mismatch)
        #expect(standardFault("v2,\(right.dropFirst(3))") == .wrongPrefix(expected: "v1,"))
        #expect(standardFault(String(right.dropFirst(3))) == .wrongPrefix(expected: "v1,"))
        #expect(standardFault("v1,") == .empty)
    }

    @Test func `cannot be judged without a key or a part of the content`() {
        let scheme = SignatureScheme.standardWebhooks
        #expect(scheme.verify(header: right, input: message, keys: []) == .invalid(.noKey))
        #expect(
            scheme.verify(header: right, input: message, key: "")
                == .invalid(.notVerifiable(.unusableKey("the key is empty")))
        )
        #expect(
            scheme.verify(header: right, input: message, key: "whsec_***")
                == .invalid(.notVerifiable(.unusableKey("the key is not base64")))
        )
        var cut = message
        cut.timestamp = nil
        let undated = scheme.verify(header: right, input: cut, key: messageKey)
        #expect(undated == .invalid(.notVerifiable(.missing(.timestamp))))
        var dotted = message
        dotted.id = "msg.1"
        let ambiguous = scheme.verify(header: right, input: dotted, key: messageKey)
        #expect(ambiguous == .invalid(.notVerifiable(.ambiguous(.id))))
    }

    @Test func `over an empty body are told from right ones`() throws {
        // Computed with Python's hmac module.
        var empty = message
        empty.body = []
        let signature = "v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A="
        let scheme = SignatureScheme.standardWebhooks
        #expect(try scheme.sign(empty, key: messageKey) == signature)
        #expect(scheme.verify(header: right, input: empty, key: messageKey) == .invalid(.mismatch))
    }
}

@Suite struct `Key rotation` {
    private let input = SigningInput(body: [1, 2, 3], id: "msg_1", timestamp: "1700000000")
    private let current = SigningKey("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")
    private let previous = SigningKey("whsec_FxYVFBMSERAPDg0MCwoJCAcGBQQDAgEA")

    @Test func `signs with the current key first, then with the previous`() throws {
        let scheme = SignatureScheme.standardWebhooks
        let header = try scheme.sign(input, keys: [current, previous])
        let expected = [try scheme.sign(input, key: current), try scheme.sign(input, key: previous)]
        #expect(header.split(separator: " ").map(String.init) == expected)
        #expect(scheme.verify(header: header, input: input, key: current) == .valid)
        #expect(scheme.verify(header: header, input: input, key: previous) == .valid)
    }

    @Test func `verifies with whichever key was used`() throws {
        let scheme = SignatureScheme(prefix: "sha256=")
        let header = try scheme.sign(input, key: previous)
        #expect(scheme.verify(header: header, input: input, keys: [current, previous]) == .valid)
        #expect(scheme.verify(header: header, input: input, keys: [current]) == .invalid(.mismatch))
    }
}

@Suite struct `A signing key` {
    @Test func `never shows its secret`() {
        let key = SigningKey("open-sesame")
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped, "\([key])", "\(Optional(key) as Any)"] {
            #expect(!text.contains("sesame"))
        }
        #expect(Mirror(reflecting: key).children.isEmpty)
    }

    @Test func `of mismatched Ed25519 halves is refused`() {
        let seed = "6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvw=="
        let input = SigningInput(body: [], id: "a", timestamp: "1")
        #expect(throws: SigningError.self) {
            try SignatureScheme.standardWebhooksAsymmetric.sign(input, key: SigningKey(seed))
        }
    }
}
