import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Checks of what an endpoint gets` {
    private func subscribed(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        let endpoints = [HistoryMaker.endpoint("main", events: ["thing.updated"]), HistoryMaker.endpoint("all")]
        var maker = HistoryMaker(contract: contract, endpoints: endpoints)
        maker.emit("thing.created")
        maker.emit("thing.updated", at: .seconds(3))
        maker.attempt("e1", at: .seconds(2), to: "all")
        maker.attempt("e2", at: .seconds(4), to: "main")
        maker.attempt("e2", at: .seconds(4), to: "all")
        return maker
    }

    @Test func `hold when each endpoint gets its own`() throws {
        #expect(try subscribed().outcome("endpoint.subscription") == .held)
    }

    @Test func `have no occasion with one endpoint that takes everything`() throws {
        #expect(try HistoryMaker.delivered().verdict("endpoint.subscription") == nil)
        #expect(try HistoryMaker.delivered().verdict("endpoint.gates") == nil)
    }

    @Test func `are violated by an event nobody asked for`() throws {
        var maker = try subscribed()
        maker.attempt("e1", at: .seconds(5), to: "main")
        #expect(maker.outcome("endpoint.subscription") == .violated)
        #expect(maker.verdict("endpoint.subscription")?.subject == "main · e1")
        maker.contract.endpoint.subscription = .unstated
        #expect(maker.verdict("endpoint.subscription")?.summary.contains("1 came that were not chosen") == true)
        #expect(maker.outcome("endpoint.subscription") == .unstated)
    }

    @Test func `are violated by a stray request of a type nobody asked for`() throws {
        var maker = try subscribed()
        let before = maker.outcome("endpoint.subscription")
        maker.attempt("e1", at: .milliseconds(100), to: "main")
        #expect(maker.context.strayAttempts.count == 1)
        #expect(before == .held)
        #expect(maker.outcome("endpoint.subscription") == .violated)
    }

    @Test func `are violated by an event that does not come`() throws {
        var maker = try subscribed()
        maker.history.attempts.removeLast()
        #expect(maker.outcome("endpoint.subscription") == .violated)
        var killed = maker
        killed.kill(at: .seconds(4))
        #expect(killed.outcome("endpoint.subscription") == .inconclusive)
        maker.finish(at: .seconds(5), complete: true)
        #expect(maker.outcome("endpoint.subscription") == .inconclusive)
    }

    @Test func `want every event everywhere where all are promised`() throws {
        var maker = try subscribed { $0.endpoint.subscription = SampleContract.stated(.all) }
        #expect(maker.outcome("endpoint.subscription") == .held)
        maker.history.attempts.removeFirst()
        #expect(maker.outcome("endpoint.subscription") == .violated)
    }

    private func gated() throws -> HistoryMaker {
        var contract = try SampleContract.make()
        let rule = SampleContract.stated("Nothing is published for a client that is not enabled.")
        contract.gates = [Gate(name: "enabled", events: [], rule: rule)]
        var maker = HistoryMaker(contract: contract)
        maker.emit(closedGates: ["enabled"])
        return maker
    }

    @Test func `hold when a closed gate holds the event back`() throws {
        #expect(try gated().outcome("endpoint.gates") == .held)
        var short = try gated()
        short.finish(at: .seconds(30))
        #expect(short.outcome("endpoint.gates") == .inconclusive)
    }

    @Test func `are violated by an event that passes a closed gate`() throws {
        var maker = try gated()
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("endpoint.gates") == .violated)
        maker.contract.gates[0].rule = .unstated
        #expect(maker.outcome("endpoint.gates") == .unstated)
    }

    @Test func `are violated by an event of another source`() throws {
        var contract = try SampleContract.make()
        contract.endpoint.sourceFilter = SampleContract.stated(["ui", "api"])
        var maker = HistoryMaker(contract: contract, endpoints: [HistoryMaker.endpoint("main", source: "ui")])
        maker.emit(source: "ui")
        maker.emit(at: .seconds(2), source: "api")
        maker.attempt("e1", at: .seconds(3))
        #expect(maker.outcome("endpoint.gates") == .held)
        maker.attempt("e2", at: .seconds(4))
        #expect(maker.verdict("endpoint.gates")?.subject == "main · e2")
        #expect(maker.outcome("endpoint.gates") == .violated)
        maker.contract.endpoint.sourceFilter = .unstated
        #expect(maker.outcome("endpoint.gates") == .unstated)
    }
}
