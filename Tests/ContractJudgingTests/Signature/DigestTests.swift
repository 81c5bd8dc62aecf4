import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Digests of bodies` {
    private static let check: CheckID = "signature.digest"

    private func digested() throws -> HistoryMaker {
        try HistoryMaker.delivered {
            $0.headers.append(HeaderTerms(name: "Content-Digest", value: SampleContract.stated(.contentDigest)))
        }
    }

    /// A run whose request is signed as a message that covers these components.
    private func signed(covering names: [String]) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered {
            $0.headers += [
                HeaderTerms(name: "Content-Digest", value: SampleContract.stated(.contentDigest)),
                HeaderTerms(name: "Signature-Input", value: SampleContract.stated(.signatureInput)),
            ]
            $0.signature.content = SampleContract.stated(.messageBase)
            $0.signature.encoding = SampleContract.stated(.base64)
            $0.signature.prefix = SampleContract.stated("sig1=:")
        }
        let arrived = maker.history.attempts[0].arrived
        let target = arrived.target.split(separator: "?", maxSplits: 1).map(String.init)
        let values = [
            "@method": "POST", "@authority": arrived.values(of: "Host")[0], "@path": target[0],
            "@query": "?\(target[1])", "content-digest": arrived.values(of: "Content-Digest")[0],
        ]
        let components = names.map { MessageSignatureBase.Component($0, values[$0] ?? "") }
        let base = try MessageSignatureBase(components: components, parameters: [.created(1_772_546_402)])
        maker.setHeader(0, "Signature-Input", base.signatureInputField(label: "sig1"))
        let value = try base.signatureField(
            label: "sig1",
            algorithm: .hmacSHA256,
            key: "secret-of-main",
            keyForm: .text
        )
        maker.setHeader(0, "X-Signature", value)
        return maker
    }

    private static let covered = ["@method", "@authority", "@path", "@query", "content-digest"]

    @Test func `are those of the bytes that came`() throws {
        let maker = try digested()
        #expect(maker.outcome(Self.check) == .held)
        var other = maker
        other.setHeader(0, "Content-Digest")
        #expect(other.outcome(Self.check) == .violated)
        other.setHeader(0, "Content-Digest", ContentDigest.sha512.field(for: [0x31]))
        #expect(other.outcome(Self.check) == .violated)
        other.setHeader(0, "Content-Digest", "md5=:AAAA:")
        #expect(other.outcome(Self.check) == .violated)
    }

    @Test func `prove nothing of a redacted body`() throws {
        var maker = try digested()
        maker.doctor(0) { $0.bodyRedacted = true }
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `stand under the signature of the message`() throws {
        let maker = try signed(covering: Self.covered)
        #expect(maker.outcome("signature.bytes") == .held)
        #expect(maker.outcome("signature.encoding") == .held)
        #expect(maker.outcome(Self.check) == .held)
        let bare = try signed(covering: Self.covered.dropLast())
        #expect(bare.outcome("signature.bytes") == .held)
        #expect(bare.outcome(Self.check) == .violated)
    }

    @Test func `need to be told what is covered`() throws {
        var maker = try signed(covering: Self.covered)
        maker.setHeader(0, "Signature-Input", "sig1=nonsense")
        #expect(maker.outcome(Self.check) == .violated)
        #expect(maker.outcome("signature.bytes") == .violated)
    }

    @Test func `are only reported where none is stated`() throws {
        var maker = try HistoryMaker.delivered()
        #expect(maker.verdict(Self.check) == nil)
        maker.setHeader(0, "Content-Digest", "sha-256=:AAAA:")
        #expect(maker.outcome(Self.check) == .unstated)
    }
}
