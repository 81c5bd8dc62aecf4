import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `An endpoint that moves` {
    private static let check: CheckID = "retry.changed-endpoint"

    private static func run(_ rule: ChangedEndpointRule?, retryGoesTo target: String?) throws -> HistoryMaker {
        var maker = try HistoryMaker.retried {
            $0.retry.changedEndpoint = rule.map { SampleContract.stated($0) } ?? .unstated
        }
        maker.readdress(to: "/moved", at: .seconds(100))
        if let target {
            for index in 1...2 { maker.doctor(index) { $0.target = target } }
        }
        return maker
    }

    @Test func `has its retries go where the contract says`() throws {
        let new = try Self.run(.new, retryGoesTo: "/moved")
        #expect(new.outcome(Self.check) == .held)
        #expect(new.outcome("request.method-and-target") == .held)
        #expect(try Self.run(.old, retryGoesTo: nil).outcome(Self.check) == .held)
    }

    @Test func `has its promise broken when they go elsewhere`() throws {
        #expect(try Self.run(.new, retryGoesTo: nil).outcome(Self.check) == .violated)
        #expect(try Self.run(.old, retryGoesTo: "/moved").outcome(Self.check) == .violated)
    }

    @Test func `gets events that are handed over afterwards at the new place`() throws {
        var maker = try Self.run(.new, retryGoesTo: "/moved")
        let event = maker.emit(at: .seconds(1000))
        maker.attempt(event, at: .seconds(1001))
        #expect(maker.outcome(Self.check) == .violated)
        maker.doctor(3) { $0.target = "/moved" }
        #expect(maker.outcome(Self.check) == .held)
    }

    @Test func `is only reported where nothing is stated, and has no occasion when it stays`() throws {
        #expect(try Self.run(nil, retryGoesTo: nil).outcome(Self.check) == .unstated)
        #expect(try HistoryMaker.retried().outcome(Self.check) == nil)
    }

    @Test func `proves nothing by an attempt that may have been under way`() throws {
        var maker = try HistoryMaker.retried { $0.retry.changedEndpoint = SampleContract.stated(.new) }
        maker.readdress(to: "/moved", at: .seconds(902))
        #expect(maker.outcome(Self.check) == nil)
    }
}
