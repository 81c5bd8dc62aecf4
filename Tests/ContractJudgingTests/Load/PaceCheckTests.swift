import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of the pace` {
    /// Six events fail at 2 s and are tried again 300 s later, so long after one another.
    private func back(every gap: Duration, _ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        for _ in 1...6 { maker.emit() }
        for number in 1...6 { maker.attempt("e\(number)", at: .seconds(2), answer: .status(503)) }
        for number in 1...6 {
            maker.attempt(
                "e\(number)",
                at: .seconds(303) + gap * (number - 1),
                number: 2,
                answer: .status(200, after: .milliseconds(100))
            )
        }
        return maker
    }

    private func concurrency(_ count: Int) -> (inout Contract) -> Void {
        { $0.endpoint.concurrency = SampleContract.stated(count) }
    }

    private func rate(_ count: Int) -> (inout Contract) -> Void {
        { $0.endpoint.rate = SampleContract.stated(DeliveryRate(count: count, window: .seconds(1))) }
    }

    @Test func `hold for an endpoint that is caught up with as promised`() throws {
        #expect(try back(every: .milliseconds(100), concurrency(1)).outcome("burst.recovery-is-paced") == .held)
        #expect(try back(every: .milliseconds(500), rate(2)).outcome("burst.recovery-is-paced") == .held)
    }

    @Test func `are violated when an endpoint that is back is overrun`() throws {
        let maker = try back(every: .milliseconds(20), concurrency(4))
        #expect(maker.outcome("burst.recovery-is-paced") == .violated)
        #expect(maker.verdict("burst.recovery-is-paced")?.summary.contains("5 attempts were open at once") == true)
        #expect(try back(every: .milliseconds(300), rate(2)).outcome("burst.recovery-is-paced") == .violated)
    }

    @Test func `are open when the clock was forced`() throws {
        var maker = try back(every: .milliseconds(20), concurrency(4))
        maker.force(from: .seconds(302), to: .seconds(305))
        #expect(maker.outcome("burst.recovery-is-paced") == .inconclusive)
    }

    @Test func `report the pace where none is stated, and need more to send than may be sent`() throws {
        #expect(try back(every: .milliseconds(20)).outcome("burst.recovery-is-paced") == .unstated)
        #expect(try back(every: .milliseconds(20), concurrency(6)).verdict("burst.recovery-is-paced") == nil)
        #expect(try HistoryMaker.delivered().verdict("burst.recovery-is-paced") == nil)
    }

    @Test func `are violated by a burst with more attempts at once than promised`() throws {
        var contract = try SampleContract.make()
        contract.endpoint.concurrency = SampleContract.stated(4)
        var maker = HistoryMaker(contract: contract)
        let emission = Emission(event: "thing.created")
        maker.scenario.steps = [Step(action: .burst(emission, count: 5))]
        for _ in 1...5 { maker.emit() }
        for number in 1...5 { maker.attempt("e\(number)", at: .seconds(2), answer: .status(200, after: .seconds(1))) }
        #expect(maker.outcome("burst.all-delivered-once") == .violated)
        maker.contract.endpoint.concurrency = SampleContract.stated(5)
        #expect(maker.outcome("burst.all-delivered-once") == .held)
    }

    /// An endpoint asks for 30 s at 2 s; another event is handed over at 5 s and sent at `time`.
    private func throttled(sentAt time: Duration, _ rule: ThrottlingRule?) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        if let rule { contract.endpoint.throttling = SampleContract.stated(rule) }
        let reply = Response(status: 429, headers: [ReplyHeader(name: "Retry-After", value: "30")])
        let endpoint = HistoryMaker.endpoint("main", replies: [.respond(reply)])
        var maker = HistoryMaker(contract: contract, endpoints: [endpoint])
        maker.emit()
        maker.emit(at: .seconds(5))
        maker.attempt("e1", at: .seconds(2), answer: .status(429))
        maker.attempt("e2", at: time)
        return maker
    }

    @Test func `hold when an endpoint that asks for less is left alone`() throws {
        #expect(try throttled(sentAt: .seconds(33), .paused).outcome("burst.throttled") == .held)
        #expect(try throttled(sentAt: .seconds(6), .slowed).outcome("burst.throttled") == .held)
    }

    @Test func `are violated when it gets as much as before`() throws {
        var maker = try throttled(sentAt: .seconds(6), .paused)
        #expect(maker.outcome("burst.throttled") == .violated)
        maker.force(from: .seconds(4), to: .seconds(7))
        #expect(maker.outcome("burst.throttled") == .inconclusive)
        maker = try throttled(sentAt: .seconds(6), .slowed)
        maker.emit(at: .seconds(1))
        maker.emit(at: .seconds(5))
        maker.attempt("e3", at: .milliseconds(1500))
        maker.attempt("e4", at: .seconds(7))
        #expect(maker.outcome("burst.throttled") == .violated)
    }

    @Test func `report what 429 does where nothing is stated, and need something to send`() throws {
        #expect(try throttled(sentAt: .seconds(6), nil).outcome("burst.throttled") == .unstated)
        var maker = try throttled(sentAt: .seconds(6), .paused)
        maker.history.emissions.removeLast()
        maker.history.attempts.removeLast()
        #expect(maker.verdict("burst.throttled") == nil)
        #expect(try HistoryMaker.delivered().verdict("burst.throttled") == nil)
    }
}
