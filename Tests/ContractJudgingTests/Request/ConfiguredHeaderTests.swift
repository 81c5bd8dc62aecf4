import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `Headers of an owner's own` {
    private static let check: CheckID = "headers.contract-wins"

    private func configured(
        _ name: String,
        _ value: String,
        accepted: Bool = true,
        isPromised: Bool = true
    ) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered {
            $0.endpoint.customHeaders = isPromised ? SampleContract.stated(true) : .unstated
        }
        maker.history.registrations[0].value.headers = [HeaderLine(name: name, value: value)]
        maker.history.registrations[0].value.accepted = accepted
        if !accepted {
            maker.history.attempts = []
            maker.history.emissions = []
        }
        return maker
    }

    @Test func `come along when they are harmless`() throws {
        var maker = try configured("X-Tenant", "blue")
        #expect(maker.outcome(Self.check) == .violated)
        maker.setHeader(0, "x-tenant", "blue")
        #expect(maker.outcome(Self.check) == .held)
        #expect(try configured("X-Tenant", "blue", accepted: false).outcome(Self.check) == .violated)
    }

    @Test func `never stand in for the contract's`() throws {
        var maker = try configured("x-SIGNATURE", "forged")
        #expect(maker.outcome(Self.check) == .held)
        let right = try #require(maker.history.attempts[0].arrived.values(of: "X-Signature").first)
        maker.setHeader(0, "X-Signature", right, "forged")
        #expect(maker.outcome(Self.check) == .violated)
        maker.setHeader(0, "X-Signature", "forged")
        #expect(maker.outcome(Self.check) == .violated)
        #expect(try configured("X-Event", "forged", accepted: false).outcome(Self.check) == .held)
    }

    @Test func `write no lines of the head`() throws {
        var maker = try configured("X-Note", "one\r\nX-Injected: yes", isPromised: false)
        #expect(maker.outcome(Self.check) == .held)
        maker.setHeader(0, "X-Injected", "yes")
        #expect(maker.outcome(Self.check) == .violated)
        #expect(try configured("X-Note", "one\nX-Injected: yes", accepted: false).outcome(Self.check) == .held)
    }

    @Test func `are only reported where nothing is stated`() throws {
        var maker = try configured("X-Tenant", "blue", isPromised: false)
        #expect(maker.outcome(Self.check) == .unstated)
        maker.history.registrations[0].value.headers = [HeaderLine(name: "X-Event", value: "forged")]
        #expect(maker.outcome(Self.check) == .unstated)
        maker.setHeader(0, "X-Event", "forged")
        #expect(maker.outcome(Self.check) == .violated, "the contract's own header was replaced")
    }

    @Test func `are no occasion when none is configured`() throws {
        #expect(try HistoryMaker.delivered().verdict(Self.check) == nil)
    }
}
