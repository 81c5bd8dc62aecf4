import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of load` {
    private func burst(of count: Int) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try SampleContract.make())
        let emission = Emission(event: "thing.created")
        maker.scenario.steps = [Step(action: .emit(emission)), Step(action: .burst(emission, count: count))]
        for _ in 0...count { maker.emit() }
        for number in 1...(count + 1) { maker.attempt("e\(number)", at: .seconds(2)) }
        return maker
    }

    @Test func `hold when every event of a burst comes once`() throws {
        let verdict = try burst(of: 20).verdict("burst.all-delivered-once")
        #expect(verdict?.outcome == .held)
        #expect(verdict?.summary == "20 events came exactly once each.")
        #expect(try HistoryMaker.delivered().verdict("burst.all-delivered-once") == nil)
    }

    @Test func `are violated by an event of a burst that is missing or doubled`() throws {
        var maker = try burst(of: 20)
        maker.attempt("e7", at: .seconds(3))
        #expect(maker.outcome("burst.all-delivered-once") == .violated)
        maker = try burst(of: 20)
        maker.history.attempts.remove(at: 6)
        #expect(maker.verdict("burst.all-delivered-once")?.summary.contains("(e7)") == true)
        #expect(maker.outcome("burst.all-delivered-once") == .violated)
        maker.finish(at: .seconds(20))
        #expect(maker.outcome("burst.all-delivered-once") == .inconclusive)
    }

    private func hung(otherAt time: Duration) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.endpoint.count = SampleContract.stated(.any)
        let endpoints = [HistoryMaker.endpoint("main"), HistoryMaker.endpoint("other")]
        var maker = HistoryMaker(contract: contract, endpoints: endpoints)
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .hang(until: .seconds(10)))
        maker.attempt("e1", at: time, to: "other")
        return maker
    }

    @Test func `hold when no endpoint waits for another`() throws {
        #expect(try hung(otherAt: .seconds(2)).outcome("endpoints.do-not-wait-for-each-other") == .held)
        #expect(try HistoryMaker.delivered().verdict("endpoints.do-not-wait-for-each-other") == nil)
    }

    @Test func `hold for an endpoint that has more to do than fits into the time`() throws {
        var maker = try hung(otherAt: .seconds(5))
        maker.emit()
        maker.attempt("e2", at: .seconds(13), to: "other")
        #expect(maker.outcome("endpoints.do-not-wait-for-each-other") == .held)
    }

    @Test func `accuse no endpoint that is slow itself`() throws {
        var maker = try hung(otherAt: .seconds(13))
        maker.emit()
        maker.attempt("e2", at: .seconds(1) + .milliseconds(900), to: "other", answer: .hang(until: .seconds(10)))
        #expect(maker.verdict("endpoints.do-not-wait-for-each-other")?.outcome != .violated)
    }

    @Test func `are violated by an endpoint that waits for another`() throws {
        var maker = try hung(otherAt: .seconds(13))
        #expect(maker.outcome("endpoints.do-not-wait-for-each-other") == .violated)
        maker.stall(from: .seconds(4), to: .seconds(11))
        #expect(maker.outcome("endpoints.do-not-wait-for-each-other") == .inconclusive)
        maker.contract.endpoint.count = .unstated
        #expect(maker.outcome("endpoints.do-not-wait-for-each-other") == .unstated)
    }
}
