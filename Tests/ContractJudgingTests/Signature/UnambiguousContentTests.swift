import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Signed parts that cannot be split otherwise` {
    private static let check: CheckID = "signature.unambiguous"

    private func signed(_ content: SignedContent) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered {
            $0.signature.content = SampleContract.stated(content)
            $0.headers.append(HeaderTerms(name: "X-Time", value: SampleContract.stated(.timestamp)))
        }
        // What the signature is worth is another check's affair.
        maker.setHeader(0, "X-Signature", "sha256=00")
        return maker
    }

    @Test func `hold neither in the id nor in the timestamp what separates them`() throws {
        let maker = try signed(.idTimestampBody)
        #expect(maker.outcome(Self.check) == .held)
        var other = maker
        other.setHeader(0, "X-Event-Id", "evt.1")
        #expect(other.outcome(Self.check) == .violated)
        other = maker
        other.setHeader(0, "X-Time", "1772546400.25")
        #expect(other.outcome(Self.check) == .violated)
    }

    @Test func `depend on the separator`() throws {
        var maker = try signed(.timestampBody(separator: ":"))
        maker.setHeader(0, "X-Time", "1772546400.25")
        #expect(maker.outcome(Self.check) == .held)
        maker.setHeader(0, "X-Time", "17:72")
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `are no occasion where the body alone is signed`() throws {
        #expect(try signed(.body).verdict(Self.check) == nil)
        var maker = try signed(.idTimestampBody)
        maker.contract.signature.content = .unstated
        #expect(maker.verdict(Self.check) == nil)
    }
}
