import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Checks of signatures` {
    @Test func `hold for a right signature`() throws {
        let maker = try HistoryMaker.delivered()
        for check: CheckID in [
            "signature.bytes", "signature.encoding", "signature.algorithm-header", "signature.content",
        ] {
            #expect(maker.outcome(check) == .held, "\(check)")
        }
        #expect(maker.verdict("signature.every-size") == nil)
        #expect(maker.verdict("signature.own-secret") == nil)
        #expect(maker.verdict("signature.per-attempt") == nil)
        #expect(maker.verdict("signature.absent-without-secret") == nil)
    }

    @Test func `are violated by a missing, doubled or wrong signature`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.setHeader(0, "X-Signature")
        #expect(other.verdict("signature.bytes")?.summary == "The header X-Signature is missing.")
        other.setHeader(0, "X-Signature", "sha256=00", "sha256=00")
        #expect(other.outcome("signature.bytes") == .violated)
        other.setHeader(0, "X-Signature", "sha256=" + String(repeating: "0", count: 64))
        #expect(other.outcome("signature.bytes") == .violated)
    }

    @Test func `give the nearest explanation and never the secret`() throws {
        var maker = try HistoryMaker.delivered()
        let body = maker.history.attempts[0].arrived.body.bytes
        let signature = try #require(maker.signature(of: body + [0x0A], endpoint: "main"))
        maker.setHeader(0, "X-Signature", signature)
        let verdict = try #require(maker.verdict("signature.bytes"))
        #expect(verdict.outcome == .violated)
        #expect(verdict.explanation.nearest == ["it would verify over the body with a trailing newline"])
        #expect(!"\(verdict)".contains("secret-of-main"))
    }

    @Test func `prove nothing without the keys or with a redacted body`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.keys = Keyring()
        #expect(other.verdict("signature.bytes")?.summary.contains("the keys of this run are not here") == true)
        #expect(other.outcome("signature.bytes") == .inconclusive)
        other = maker
        other.doctor(0) { $0.bodyRedacted = true }
        #expect(other.outcome("signature.bytes") == .inconclusive)
    }

    @Test func `report an unstated signature with what was seen`() throws {
        let maker = try HistoryMaker.delivered { $0.signature.header = .unstated }
        #expect(maker.outcome("signature.bytes") == .unstated)
        #expect(maker.verdict("signature.bytes")?.summary.contains("'X-Signature' was seen") == true)
    }

    @Test func `find out what an unstated encoding is`() throws {
        let maker = try HistoryMaker.delivered {
            $0.signature.encoding = .unstated
            $0.signature.prefix = Clause(standing: .none)
        }
        #expect(maker.outcome("signature.bytes") == .unstated)
        #expect(maker.verdict("signature.bytes")?.summary.contains("lower-case hex") == true)
        #expect(maker.outcome("signature.encoding") == .unstated)
        #expect(maker.outcome("signature.content") == .held)
    }

    @Test(arguments: ["SHA256=", "", "sha256="])
    func `are violated by a signature written otherwise`(prefix: String) throws {
        var maker = try HistoryMaker.delivered()
        let value = try #require(maker.history.attempts[0].arrived.values(of: "X-Signature").first)
        let digits = value.dropFirst("sha256=".count)
        maker.setHeader(0, "X-Signature", prefix + (prefix == "sha256=" ? digits.uppercased() : String(digits)))
        #expect(maker.outcome("signature.encoding") == .violated)
        #expect(maker.outcome("signature.bytes") == .violated)
    }

    @Test func `hold only when nothing is sent without a secret`() throws {
        var maker = try HistoryMaker.delivered(endpoints: [HistoryMaker.endpoint("main", hasSecret: false)])
        #expect(maker.outcome("signature.absent-without-secret") == .held)
        #expect(maker.verdict("signature.bytes") == nil)
        maker.setHeader(0, "X-Signature", "")
        #expect(maker.outcome("signature.absent-without-secret") == .violated)
        maker.contract.signature.absentWithoutSecret = .unstated
        #expect(maker.outcome("signature.absent-without-secret") == .unstated)
    }

    @Test func `are violated by a missing or untrue algorithm header`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.setHeader(0, "X-Signature-Alg")
        #expect(other.outcome("signature.algorithm-header") == .violated)
        other.setHeader(0, "X-Signature-Alg", "sha256")
        #expect(other.outcome("signature.algorithm-header") == .violated)
        other = maker
        other.contract.signature.algorithm = SampleContract.stated(.hmacSHA1)
        let body = other.history.attempts[0].arrived.body.bytes
        other.setHeader(0, "X-Signature", try #require(other.signature(of: body, endpoint: "main")))
        other.contract = maker.contract
        #expect(other.outcome("signature.algorithm-header") == .violated)
    }

    @Test func `are violated by a signature over other content`() throws {
        var maker = try HistoryMaker.delivered { $0.signature.content = SampleContract.stated(.envelopeJSON) }
        maker.setBody(0, Array(try json(maker.history.attempts[0].arrived.body.text).spaced().utf8))
        // The header is made over the wire bytes, while the contract wants the compact JSON signed.
        #expect(maker.outcome("signature.content") == .violated)
        maker.contract.signature.content = SampleContract.stated(.body)
        #expect(maker.outcome("signature.content") == .held)
        maker.contract.signature.content = .unstated
        #expect(maker.outcome("signature.content") == .unstated)
    }

    @Test func `hold for retries that repeat the first attempt`() throws {
        #expect(try HistoryMaker.retried().outcome("signature.per-attempt") == .held)
    }

    @Test func `are violated by a retry signed anew where it should be frozen`() throws {
        var maker = try HistoryMaker.retried()
        try maker.editBody(1) { $0.setting(.string("later"), at: JSONPointer(tokens: ["sentAt"])) ?? $0 }
        #expect(maker.outcome("signature.per-attempt") == .violated)
        #expect(maker.verdict("signature.per-attempt")?.subject == "main · e1 #2")
        maker.contract.signature.perAttempt = .unstated
        #expect(maker.outcome("signature.per-attempt") == .unstated)
    }

    @Test func `are violated by a retry with the old timestamp where it should be fresh`() throws {
        var maker = try HistoryMaker.retried {
            $0.signature.perAttempt = SampleContract.stated(.fresh)
            $0.headers.append(HeaderTerms(name: "X-Time", value: SampleContract.stated(.timestamp)))
        }
        #expect(maker.outcome("signature.per-attempt") == .violated)
        maker.setHeader(1, "X-Time", "1772546702")
        maker.setHeader(2, "X-Time", "1772547302")
        #expect(maker.outcome("signature.per-attempt") == .held)
        maker.setHeader(1, "X-Signature", "sha256=" + String(repeating: "0", count: 64))
        #expect(maker.outcome("signature.per-attempt") == .violated)
    }

    @Test func `are violated by a timestamp that is no whole number of seconds`() throws {
        var maker = try HistoryMaker.retried {
            $0.signature.perAttempt = SampleContract.stated(.fresh)
            $0.headers.append(HeaderTerms(name: "X-Time", value: SampleContract.stated(.timestamp)))
        }
        maker.setHeader(1, "X-Time", "1772546702")
        maker.setHeader(2, "X-Time", "2026-03-03T14:15:02Z")
        #expect(maker.outcome("signature.per-attempt") == .violated)
        #expect(maker.verdict("signature.per-attempt")?.subject == "main · e1 #3")
    }

    @Test func `are violated when a signed part of the request is missing`() throws {
        var maker = try HistoryMaker.delivered {
            $0.signature.content = SampleContract.stated(.timestampBody(separator: "."))
            $0.headers.append(HeaderTerms(name: "X-Time", value: SampleContract.stated(.timestamp)))
        }
        #expect(maker.outcome("signature.bytes") == .held)
        maker.setHeader(0, "X-Time")
        #expect(maker.outcome("signature.bytes") == .violated)
        maker.contract.signature.key = SampleContract.stated(.hexDecoded)
        maker.setHeader(0, "X-Time", "1772546400")
        #expect(maker.outcome("signature.bytes") == .inconclusive)
    }

    @Test func `are violated by the secret of another endpoint`() throws {
        var maker = try HistoryMaker.delivered(endpoints: [
            HistoryMaker.endpoint("main"), HistoryMaker.endpoint("second"),
        ])
        #expect(maker.outcome("signature.own-secret") == .held)
        let body = maker.history.attempts[0].arrived.body.bytes
        maker.setHeader(0, "X-Signature", try #require(maker.signature(of: body, endpoint: "second")))
        #expect(maker.verdict("signature.own-secret")?.summary == "The signature verifies with the secret of second.")
        #expect(maker.outcome("signature.bytes") == .violated)
        let nearest = maker.verdict("signature.bytes")?.explanation.nearest
        #expect(nearest == ["it would verify with the secret of the endpoint second"])
    }

    @Test(arguments: [0, 1, 1 << 20])
    func `judge bodies at the ends of the scale`(size: Int) throws {
        var maker = try HistoryMaker.delivered()
        maker.setBody(0, [UInt8](repeating: 0x31, count: size))
        #expect(maker.outcome("signature.every-size") == .held)
        maker.doctor(0) { $0.body = Bytes([UInt8](repeating: 0x32, count: size) + (size == 0 ? [0x32] : [])) }
        #expect(maker.outcome("signature.every-size") == .violated)
        maker.contract.signature.encoding = .unstated
        #expect(maker.outcome("signature.every-size") == .unstated)
    }
}
