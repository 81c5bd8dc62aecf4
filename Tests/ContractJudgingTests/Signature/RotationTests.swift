import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `Secrets that change` {
    private static let check: CheckID = "signature.rotation"
    private static let new = SigningKey("the-new-secret-of-main")

    /// A run in which the secret changes at 100 s, with the second event so long after that, signed with these keys.
    private func rotated(
        _ keys: [SigningKey],
        after wait: Duration,
        accepted: Bool = true,
        grace: Clause<Duration>? = nil
    ) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered {
            $0.signature.prefix = SampleContract.stated("v1,")
            $0.signature.perAttempt = SampleContract.stated(.fresh)
            $0.signature.rotation = grace ?? SampleContract.stated(.seconds(600))
        }
        let asked = Stamp(sinceStart: .seconds(100))
        let record = EndpointRotated(endpoint: "main", asked: asked, accepted: accepted, detail: "200")
        maker.history.rotations = [Timed(at: asked + .milliseconds(2), value: record)]
        maker.keys.endpoints["main"]?.next = [Self.new]
        let event = maker.emit("thing.updated", at: .seconds(100) + wait)
        maker.attempt(event, at: .seconds(100) + wait + .milliseconds(20))
        let body = maker.history.attempts[1].arrived.body.bytes
        let scheme = SignatureScheme(prefix: "v1,")
        maker.setHeader(1, "X-Signature", try scheme.sign(SigningInput(body: body), keys: keys))
        return maker
    }

    private static let old: SigningKey = "secret-of-main"

    @Test func `sign together for a while, the new one first`() throws {
        let maker = try rotated([Self.new, Self.old], after: .seconds(60))
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("signature.bytes") == .held)
        #expect(try rotated([Self.old, Self.new], after: .seconds(60)).outcome(Self.check) == .violated)
        #expect(try rotated([Self.new], after: .seconds(60)).outcome(Self.check) == .violated)
        #expect(try rotated([Self.old], after: .seconds(60)).outcome(Self.check) == .violated)
    }

    @Test func `end when the time is over`() throws {
        #expect(try rotated([Self.new], after: .seconds(700)).outcome(Self.check) == .held)
        #expect(try rotated([Self.new, Self.old], after: .seconds(700)).outcome(Self.check) == .violated)
    }

    @Test func `leave the moment of the end to the dispatcher`() throws {
        #expect(try rotated([Self.new], after: .seconds(600)).verdict(Self.check) == nil)
        #expect(try rotated([Self.new, Self.old], after: .seconds(600)).verdict(Self.check) == nil)
    }

    @Test func `must be taken on where that is promised`() throws {
        #expect(try rotated([Self.old], after: .seconds(60), accepted: false).outcome(Self.check) == .violated)
    }

    @Test func `are only reported where nothing is stated`() throws {
        #expect(try rotated([Self.new], after: .seconds(60), grace: .unstated).outcome(Self.check) == .unstated)
    }

    @Test func `leave open with which of the two an attempt on its way is signed`() throws {
        var maker = try rotated([Self.new, Self.old], after: .seconds(60))
        maker.history.rotations[0].at = Stamp(sinceStart: .seconds(2))
        maker.history.rotations[0].value.asked = Stamp(nanoseconds: 0)
        #expect(maker.outcome("signature.bytes") == .held)
    }

    @Test func `are no occasion when none was changed`() throws {
        #expect(try HistoryMaker.delivered().verdict(Self.check) == nil)
    }
}
