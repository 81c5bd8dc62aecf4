import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of switching endpoints on and off` {
    private func deactivated(_ contract: inout Contract) {
        contract.endpoint.initialState = SampleContract.stated(.deactivated)
        contract.endpoint.activationDelivery = SampleContract.stated(true)
        contract.endpoint.toggle = SampleContract.stated(true)
    }

    private func new(enabledAt time: Duration?) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        deactivated(&contract)
        var maker = HistoryMaker(contract: contract, endpoints: [HistoryMaker.endpoint("main", enabled: false)])
        maker.emit()
        if let time { maker.change("main", .enabled, at: time) }
        return maker
    }

    @Test func `hold when a new endpoint gets nothing`() throws {
        #expect(try new(enabledAt: nil).outcome("endpoint.starts-deactivated") == .held)
        #expect(try new(enabledAt: .seconds(4)).outcome("endpoint.starts-deactivated") == .held)
    }

    @Test func `are violated by a request to a new endpoint`() throws {
        var maker = try new(enabledAt: .seconds(4))
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("endpoint.starts-deactivated") == .violated)
    }

    @Test func `prove nothing about a new endpoint when the observation ended early`() throws {
        var maker = try new(enabledAt: nil)
        maker.finish(at: .seconds(5), complete: false)
        #expect(maker.outcome("endpoint.starts-deactivated") == .inconclusive)
        maker.contract.endpoint.initialState = .unstated
        #expect(maker.outcome("endpoint.starts-deactivated") == .unstated)
        #expect(try HistoryMaker.delivered().verdict("endpoint.starts-deactivated") == nil)
    }

    private func activated(_ answers: [HistoryMaker.Answer] = [.status(200)]) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        deactivated(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.change("main", .enabled, at: .seconds(1))
        for (index, answer) in answers.enumerated() {
            maker.attempt("activation", at: .seconds(2 + 300 * index), number: index + 1, answer: answer)
        }
        return maker
    }

    @Test func `hold when switching on brings one delivery`() throws {
        #expect(try activated().outcome("endpoint.activation-delivery") == .held)
        #expect(try activated([.status(500), .status(200)]).outcome("endpoint.activation-delivery") == .held)
    }

    @Test func `are violated by no activation delivery or by two`() throws {
        var maker = try activated([])
        #expect(maker.outcome("endpoint.activation-delivery") == .violated)
        maker.finish(at: .seconds(30))
        #expect(maker.outcome("endpoint.activation-delivery") == .inconclusive)
        maker = try activated()
        maker.attempt("activation", at: .seconds(3))
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.outcome("endpoint.activation-delivery") == .violated)
        maker.doctor(1) { $0.bodyEnd = nil }
        #expect(maker.outcome("endpoint.activation-delivery") == .held)
    }

    @Test func `are violated by repeating an activation delivery that succeeded`() throws {
        #expect(try activated([.status(200), .status(200)]).outcome("retry.stops-on-success") == .violated)
    }

    private func switched(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.endpoint.toggle = SampleContract.stated(true)
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.change("main", .disabled, at: .seconds(1))
        maker.emit(at: .seconds(2))
        return maker
    }

    @Test func `hold when an endpoint that is off gets nothing`() throws {
        var maker = try switched()
        #expect(maker.outcome("endpoint.disabled-gets-nothing") == .held)
        maker.finish(at: .seconds(10), complete: false)
        #expect(maker.outcome("endpoint.disabled-gets-nothing") == .inconclusive)
    }

    @Test func `are violated by an event to an endpoint that is off`() throws {
        var maker = try switched()
        maker.attempt("e1", at: .seconds(3))
        #expect(maker.outcome("endpoint.disabled-gets-nothing") == .violated)
        maker.contract.endpoint.toggle = .unstated
        #expect(maker.outcome("endpoint.disabled-gets-nothing") == .unstated)
    }

    @Test func `hold for events after an endpoint was switched on again`() throws {
        var maker = try switched()
        maker.change("main", .enabled, at: .seconds(4))
        maker.emit(at: .seconds(5))
        maker.attempt("e2", at: .seconds(6))
        let verdict = maker.verdict("endpoint.disabled-gets-nothing")
        #expect(verdict?.outcome == .held)
        #expect(verdict?.details.contains { $0.contains("gets events again") } == true)
        // What becomes of the events of the meantime is nobody's promise.
        maker.attempt("e1", at: .seconds(7))
        #expect(maker.outcome("endpoint.disabled-gets-nothing") == .held)
    }

    @Test func `report what an endpoint that keeps failing comes to`() throws {
        var contract = try SampleContract.make()
        contract.disablement.automatic = SampleContract.stated(.may)
        var maker = HistoryMaker(contract: contract)
        for number in 1...6 {
            maker.emit(at: .seconds(number))
            maker.attempt("e\(number)", at: .seconds(number) + .milliseconds(100), answer: .status(500))
        }
        #expect(maker.verdict("endpoint.automatic-disablement")?.summary.contains("attempts went on") == true)
        maker.emit(at: .seconds(10))
        let verdict = maker.verdict("endpoint.automatic-disablement")
        #expect(verdict?.outcome == .unstated)
        #expect(verdict?.summary.contains("6 of 6 attempts failed, and 1 later events did not come") == true)
        #expect(maker.outcome("delivery.arrives") == .held)
        maker.contract.disablement.automatic = .unstated
        #expect(maker.outcome("delivery.arrives") == .violated)
    }

    private func gone(until end: Duration = .seconds(400)) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.disablement.statuses = SampleContract.stated(StatusSet(ranges: [410...410]))
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .status(410))
        maker.finish(at: end)
        return maker
    }

    @Test func `hold when an answer that switches an endpoint off is its last`() throws {
        var maker = try gone()
        #expect(maker.outcome("endpoint.disabled-by-answer") == .held)
        // Neither the retry nor a later event is missed.
        maker.emit(at: .seconds(10))
        let verdicts = maker.judged().verdicts
        #expect(verdicts.filter { $0.outcome == .violated || $0.outcome == .inconclusive }.map(\.check) == [])
    }

    @Test func `are violated by a retry or an event after an answer that switches an endpoint off`() throws {
        var maker = try gone()
        maker.attempt("e1", at: .seconds(302), number: 2, answer: .status(410))
        #expect(maker.outcome("endpoint.disabled-by-answer") == .violated)
        maker = try gone()
        maker.emit(at: .seconds(10))
        maker.attempt("e2", at: .seconds(11))
        #expect(maker.outcome("endpoint.disabled-by-answer") == .violated)
    }

    @Test func `prove nothing about an answer that switches off when nothing was due after it`() throws {
        #expect(try gone(until: .seconds(200)).verdict("endpoint.disabled-by-answer") == nil)
        var maker = try gone()
        maker.finish(at: .seconds(400), complete: false)
        #expect(maker.outcome("endpoint.disabled-by-answer") == .inconclusive)
        maker = try gone()
        maker.change("main", .enabled, at: .seconds(20))
        #expect(maker.verdict("endpoint.disabled-by-answer") == nil)
        maker = try gone()
        maker.contract.disablement.statuses = .unstated
        #expect(maker.verdict("endpoint.disabled-by-answer") == nil)
    }
}
