import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `The notice of an endpoint that was disabled` {
    private static let check: CheckID = "disablement.notice"

    /// A run in which one endpoint answers 410, and so many notices come to the other one.
    private static func run(
        notices: Int,
        status: Int = 410,
        _ change: (inout Contract) -> Void = { $0.disablement.notice = SampleContract.stated("endpoint.disabled") }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.disablement.statuses = SampleContract.stated(StatusSet(ranges: [410...410]))
        contract.events.append(try SampleContract.event("endpoint.disabled", #"{"event":"endpoint.disabled","id":""}"#))
        change(&contract)
        var maker = HistoryMaker(
            contract: contract,
            endpoints: [
                HistoryMaker.endpoint("gone", events: ["thing.created"]),
                HistoryMaker.endpoint("listener", events: ["endpoint.disabled"]),
            ]
        )
        let event = maker.emit()
        maker.attempt(event, at: .seconds(2), to: "gone", answer: .status(status))
        for number in 0..<notices {
            let body = #"{"event":"endpoint.disabled","id":"n\#(number)","occurredAt":"","sentAt":"","thing":{}}"#
            maker.attempt(event, at: .seconds(3 + number), to: "listener", body: Array(body.utf8))
            maker.setHeader(number + 1, "X-Event-Id", "n\(number)")
            maker.setHeader(number + 1, "X-Event", "endpoint.disabled")
        }
        return maker
    }

    @Test func `comes exactly once`() throws {
        #expect(try Self.run(notices: 1).outcome(Self.check) == .held)
        #expect(try Self.run(notices: 0).outcome(Self.check) == .violated)
        #expect(try Self.run(notices: 2).outcome(Self.check) == .violated)
    }

    @Test func `may be tried again when it was not taken`() throws {
        var maker = try Self.run(notices: 2)
        maker.setHeader(2, "X-Event-Id", "n0")
        #expect(maker.outcome(Self.check) == .held)
    }

    @Test func `does not come without a reason`() throws {
        #expect(try Self.run(notices: 1, status: 200).outcome(Self.check) == .violated)
        #expect(try Self.run(notices: 0, status: 200).outcome(Self.check) == nil)
    }

    @Test func `proves nothing when the observation ended early`() throws {
        var maker = try Self.run(notices: 0)
        maker.finish(at: .seconds(200), complete: false)
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `is not promised by everybody, and a mail is not seen`() throws {
        let none = { (contract: inout Contract) in contract.disablement.notification = Clause(standing: .none) }
        #expect(try Self.run(notices: 0, none).outcome(Self.check) == .unstated)
        #expect(try Self.run(notices: 1, none).outcome(Self.check) == .violated)
        let unknown = { (contract: inout Contract) in contract.disablement.notification = SampleContract.stated(true) }
        #expect(try Self.run(notices: 0, unknown).outcome(Self.check) == .unstated)
        #expect(try Self.run(notices: 0, { _ in }).outcome(Self.check) == nil)
    }
}
