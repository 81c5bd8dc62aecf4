import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `An event that did not come` {
    /// Two events, of which only the first comes.
    private func lost(
        _ answer: HistoryMaker.Answer = .status(200),
        _ change: (inout Contract) -> Void = { _ in }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract, endpoints: [HistoryMaker.endpoint("main", events: nil)])
        let emission = Emission(event: "thing.created")
        maker.scenario.steps = [Step(action: .burst(emission, count: 2))]
        maker.emit()
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: answer)
        return maker
    }

    @Test func `is reported where nothing says how hard the provider tries`() throws {
        var maker = try lost { $0.guarantee = .unstated }
        maker.scenario.endpoints[0].events = ["thing.created"]
        maker.history.registrations[0].value.events = ["thing.created"]
        let verdict = maker.verdict("delivery.arrives")
        #expect(verdict?.outcome == .unstated)
        #expect(verdict?.summary.contains("1 of 2 events came") == true)
        #expect(verdict?.details.contains { $0.hasPrefix("main · e2 did not come within") } == true)
        #expect(maker.outcome("endpoint.subscription") == .held)
        #expect(maker.outcome("burst.all-delivered-once") == .unstated)
        maker.contract.guarantee = SampleContract.stated(.boundedRetries)
        for check in ["delivery.arrives", "endpoint.subscription", "burst.all-delivered-once"] {
            #expect(maker.outcome(CheckID(rawValue: check)) == .violated)
        }
    }

    @Test func `is not overdue while attempts hang at its endpoint`() throws {
        var maker = try lost(.hang(until: .seconds(70)))
        maker.history.registrations[0].value.events = ["thing.created"]
        maker.finish(at: .seconds(75))
        #expect(maker.outcome("delivery.arrives") == .held)
        #expect(maker.outcome("endpoint.subscription") == .held)
        maker.finish(at: .seconds(140))
        #expect(maker.outcome("delivery.arrives") == .violated)
        #expect(maker.outcome("endpoint.subscription") == .violated)
    }

    @Test func `is overdue when there was time between two attempts that hung`() throws {
        var maker = try lost(.hang(until: .seconds(10)))
        maker.attempt("e1", at: .seconds(312), number: 2, answer: .hang(until: .seconds(10)))
        maker.finish(at: .seconds(323))
        #expect(maker.outcome("delivery.arrives") == .violated)
        maker.stall(from: .seconds(13), to: .seconds(290))
        #expect(maker.outcome("delivery.arrives") != .violated)
    }

    @Test func `may wait for others of a burst that are answered slowly`() throws {
        var maker = try lost(.status(200, after: .seconds(9)))
        maker.contract.latency = SampleContract.stated(.seconds(5))
        maker.finish(at: .seconds(13))
        #expect(maker.verdict("burst.all-delivered-once") == nil)
        maker.finish(at: .seconds(20))
        #expect(maker.outcome("burst.all-delivered-once") == .violated)
    }

    @Test func `is reported after 410 where automatic disablement is not stated`() throws {
        var maker = try lost(.status(410))
        maker.history.registrations[0].value.events = ["thing.created"]
        let verdict = maker.verdict("delivery.arrives")
        #expect(verdict?.outcome == .held)
        #expect(verdict?.details.contains { $0.contains("1 unstated") } == true)
        #expect(maker.outcome("endpoint.subscription") == .held)
        // What was overdue before has nothing to do with the answer.
        maker.emit(at: .seconds(1500))
        maker.attempt("e3", at: .seconds(1501), answer: .status(410))
        maker.history.attempts.removeFirst()
        #expect(maker.outcome("delivery.arrives") == .violated)
        maker = try lost(.status(410)) { $0.disablement.automatic = Clause(standing: .none) }
        #expect(maker.outcome("delivery.arrives") == .violated)
    }

    @Test func `is nobody's fault when no watched value changed`() throws {
        var contract = try SampleContract.make()
        let list = WatchedList(
            list: try pointer("/changes"),
            member: "field",
            values: ["name"],
            triggers: "thing.updated"
        )
        contract.body.watched = [SampleContract.stated(list)]
        let endpoint = HistoryMaker.endpoint("main", events: ["thing.updated"])
        var maker = HistoryMaker(contract: contract, endpoints: [endpoint])
        maker.emit("thing.updated")
        #expect(maker.context.barred.map(\.duty) == [.barred(.nothingWatchedChanged)])
        #expect(maker.verdict("endpoint.subscription") == nil)
        maker.contract.body.watched = []
        #expect(maker.outcome("endpoint.subscription") == .violated)
    }
}
