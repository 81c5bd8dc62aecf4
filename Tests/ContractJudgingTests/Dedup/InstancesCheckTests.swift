import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `A second instance on the same store` {
    private func run(_ outcome: DispatcherInstance.Outcome, again: Duration? = nil) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .status(200, after: .seconds(6)))
        let instance = DispatcherInstance(number: 2, outcome: outcome, detail: "the store is in use")
        maker.history.instances = [Timed(at: Stamp(sinceStart: .seconds(3)), value: instance)]
        if let again { maker.attempt("e1", at: again) }
        return maker
    }

    @Test func `holds when it refuses to run, or doubles nothing`() throws {
        #expect(try run(.refused).outcome("dedup.instances") == .held)
        #expect(try run(.running).outcome("dedup.instances") == .held)
    }

    @Test func `is violated by an attempt beside another, or after a success`() throws {
        let beside = try run(.running, again: .seconds(4)).verdict("dedup.instances")
        #expect(beside?.outcome == .violated)
        #expect(beside?.summary.contains("while attempt 1 was under way") == true)
        #expect(try run(.running, again: .seconds(20)).outcome("dedup.instances") == .violated)
    }

    @Test func `is violated by a retry long before it is due`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        let instance = DispatcherInstance(number: 2, outcome: .running, detail: "")
        maker.history.instances = [Timed(at: Stamp(sinceStart: .seconds(1)), value: instance)]
        maker.attempt("e1", at: .seconds(20), number: 2)
        #expect(maker.outcome("dedup.instances") == .violated)
    }

    @Test func `is open when it never got ready, or when the clock was forced`() throws {
        #expect(try run(.failed).outcome("dedup.instances") == .inconclusive)
        var maker = try run(.running, again: .seconds(4))
        maker.force(from: .seconds(3), to: .seconds(5))
        #expect(maker.outcome("dedup.instances") == .inconclusive)
    }

    @Test func `is nothing to judge without one`() throws {
        #expect(try HistoryMaker.delivered().verdict("dedup.instances") == nil)
    }
}
