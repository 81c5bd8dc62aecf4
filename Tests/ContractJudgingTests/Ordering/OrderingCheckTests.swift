import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of the order of arrival` {
    private func three(_ order: [String], _ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        for number in 1...3 { maker.emit(at: .seconds(number)) }
        for (index, event) in order.enumerated() { maker.attempt(event, at: .seconds(10 + index)) }
        return maker
    }

    @Test func `report the order where none is stated`() throws {
        let verdict = try three(["e3", "e1", "e2"]).verdict("ordering.reported")
        #expect(verdict?.outcome == .unstated)
        #expect(verdict?.summary.contains("2 of 3 pairs") == true)
    }

    @Test func `accept any order where none is promised`() throws {
        let maker = try three(["e3", "e2", "e1"]) { $0.ordering = SampleContract.stated(.unordered) }
        #expect(maker.outcome("ordering.reported") == .held)
        #expect(maker.verdict("ordering.reported")?.summary.contains("3 of 3 pairs") == true)
        #expect(maker.verdict("ordering.per-endpoint") == nil)
        #expect(try HistoryMaker.delivered().verdict("ordering.reported") == nil)
    }

    @Test func `hold for events in their order`() throws {
        let ordered = { (contract: inout Contract) in contract.ordering = SampleContract.stated(.perEndpoint) }
        #expect(try three(["e1", "e2", "e3"], ordered).outcome("ordering.per-endpoint") == .held)
        #expect(try three(["e1", "e3", "e2"], ordered).outcome("ordering.per-endpoint") == .violated)
        #expect(try three(["e1", "e3", "e2"], ordered).verdict("ordering.reported") == nil)
    }

    @Test func `are violated by an event that overtakes a failing one`() throws {
        var contract = try SampleContract.make()
        contract.ordering = SampleContract.stated(.perEndpoint)
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        maker.emit(at: .seconds(3))
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.attempt("e2", at: .seconds(4))
        #expect(maker.outcome("ordering.per-endpoint") == .violated)
    }

    @Test func `hold when the time shows that a late event is older`() throws {
        var maker = try three(["e2", "e1"])
        #expect(maker.outcome("ordering.age-shows") == .held)
        let at = try pointer("/occurredAt")
        try maker.editBody(1) { $0.setting(.string("2026-03-03T15:00:00.000Z"), at: at) ?? $0 }
        #expect(maker.outcome("ordering.age-shows") == .violated)
        #expect(try three(["e1", "e2", "e3"]).verdict("ordering.age-shows") == nil)
    }
}
