import ContractJudging
import DeliveryEvidence
import Foundation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Packed bodies under a signature` {
    private static let check: CheckID = "signature.coded-body"
    /// What `{"event":"thing.created"}` was packed to by another program.
    private static let plain = Array(#"{"event":"thing.created"}"#.utf8)
    private static let packed = Array(
        Data(base64Encoded: "H4sIAAAAAAACA6tWSi1LzStRslIqycjMS9dLLkpNLElNUaoFAFQZkQ8ZAAAA") ?? Data()
    )

    /// A run whose body came packed, with the signature over one of the two.
    private func packed(
        signed: [UInt8],
        covers: SignedCoding? = .coded,
        coding: BodyCoding? = .gzip
    ) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered {
            $0.body.coding = coding.map { SampleContract.stated($0) } ?? .unstated
            $0.signature.covers = covers.map { SampleContract.stated($0) } ?? .unstated
        }
        let signature = try #require(maker.signature(of: signed, endpoint: "main"))
        maker.doctor(0) { $0.body = Bytes(Self.packed) }
        maker.setHeader(0, "Content-Encoding", "gzip")
        maker.setHeader(0, "Content-Length", "\(Self.packed.count)")
        maker.setHeader(0, "X-Signature", signature)
        return maker
    }

    @Test func `are signed as they came`() throws {
        let maker = try packed(signed: Self.packed)
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("signature.bytes") == .held)
        #expect(maker.outcome("request.length") == .held)
        let other = try packed(signed: Self.plain)
        #expect(other.outcome(Self.check) == .violated)
        #expect(other.outcome("signature.bytes") == .violated)
    }

    @Test func `are signed as they were, where that is promised`() throws {
        let maker = try packed(signed: Self.plain, covers: .decoded)
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("signature.bytes") == .held)
        #expect(try packed(signed: Self.packed, covers: .decoded).outcome(Self.check) == .violated)
    }

    @Test func `must be packed where that is promised`() throws {
        let maker = try HistoryMaker.delivered { $0.body.coding = SampleContract.stated(.gzip) }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `must unpack`() throws {
        var maker = try packed(signed: Self.packed)
        maker.doctor(0) { $0.body = Bytes(Self.packed.dropLast()) }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `are only reported where nothing is stated`() throws {
        #expect(try packed(signed: Self.packed, covers: nil).verdict(Self.check)?.outcome == .held)
        #expect(try packed(signed: Self.packed, covers: nil, coding: nil).outcome(Self.check) == .unstated)
    }

    @Test func `are no occasion when none is packed`() throws {
        #expect(try HistoryMaker.delivered().verdict(Self.check) == nil)
    }
}
