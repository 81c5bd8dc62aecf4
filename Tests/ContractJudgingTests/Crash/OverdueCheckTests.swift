import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `Retries that fell due while nobody was there` {
    /// Five events fail at 2 s; the next attempts are due at 302 s, and the dispatcher is away from 60 s to 1000 s.
    private func away(made: Int) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try SampleContract.make())
        for _ in 1...5 { maker.emit() }
        for number in 1...5 { maker.attempt("e\(number)", at: .seconds(2), answer: .status(500)) }
        maker.kill(at: .seconds(60), restart: .seconds(1000))
        for number in 0..<made { maker.attempt("e\(number + 1)", at: .seconds(1001), number: 2) }
        return maker
    }

    @Test func `are all made after the return`() throws {
        #expect(try away(made: 5).outcome("crash.overdue") == .held)
    }

    @Test func `are violated when some are forgotten`() throws {
        let verdict = try away(made: 4).verdict("crash.overdue")
        #expect(verdict?.outcome == .violated)
        #expect(verdict?.summary.contains("1 of them were not made") == true)
    }

    @Test func `are open when it was not watched for long enough, or was not seen`() throws {
        var maker = try away(made: 4)
        maker.finish(at: .seconds(1020))
        #expect(maker.outcome("crash.overdue") == .inconclusive)
        maker = try away(made: 4)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("crash.overdue") == .inconclusive)
    }

    @Test func `are open while the endpoint keeps attempts open`() throws {
        var maker = try away(made: 3)
        maker.attempt("e4", at: .seconds(1001), number: 2, answer: .hang(until: .seconds(10)))
        #expect(maker.outcome("crash.overdue") == .inconclusive)
    }

    @Test func `are nothing to judge when they were not due yet, and reported where no wait is stated`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.kill(at: .seconds(60), restart: .seconds(90))
        #expect(maker.verdict("crash.overdue") == nil)
        HistoryMaker.silentRetries(&maker.contract)
        maker.contract.retry.failures = SampleContract.stated(FailureClass.allCases)
        #expect(maker.outcome("crash.overdue") == .unstated)
    }
}
