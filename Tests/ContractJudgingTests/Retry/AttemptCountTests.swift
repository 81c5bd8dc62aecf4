import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of how often a delivery is attempted` {
    private let failures = [HistoryMaker.Answer.status(500), .status(500), .status(500)]

    @Test func `hold for exactly the promised attempts`() throws {
        let maker = try HistoryMaker.failing(failures)
        #expect(maker.outcome("retry.attempts") == .held)
        #expect(maker.verdict("retry.attempts")?.summary.hasPrefix("All 3 attempts were made") == true)
    }

    @Test func `are violated by one attempt too many`() throws {
        let maker = try HistoryMaker.failing(failures + [.status(500)])
        #expect(maker.verdict("retry.attempts")?.summary == "4 attempts were made; at most 3 are promised.")
        #expect(maker.outcome("retry.attempts") == .violated)
    }

    @Test func `are violated by giving up too early`() throws {
        let maker = try HistoryMaker.failing([.status(500), .status(500)])
        #expect(maker.verdict("retry.attempts")?.summary == "It was given up after 2 of 3 attempts.")
        #expect(maker.outcome("retry.attempts") == .violated)
    }

    @Test func `take the log's word that a delivery was given up too early`() throws {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.finish(at: .seconds(30))
        maker.log()
        maker.doctorRow { $0.state = "failed" }
        maker.doctorRow { $0.isGivenUp = false }
        #expect(maker.verdict("retry.attempts") == nil)
        maker.doctorRow { $0.isGivenUp = true }
        #expect(maker.outcome("retry.attempts") == .violated)
        maker.change("main", .disabled, at: .seconds(10))
        #expect(maker.verdict("retry.attempts") == nil)
    }

    @Test func `take the log's word that there is more to come`() throws {
        for change in [HistoryMaker.fireAndForget, { (contract: inout Contract) in contract.latency = .unstated }] {
            var maker = try HistoryMaker.failing([.status(500), .status(500), .status(500)])
            change(&maker.contract)
            if maker.contract.retry.attempts.value?.highest == 1 { maker.history.attempts.removeLast(2) }
            maker.log()
            maker.doctorRow { $0.state = "exhausted" }
            maker.doctorRow { $0.isGivenUp = true }
            #expect(maker.outcome("retry.attempts") == .held)
            maker.doctorRow { $0.state = "pending" }
            maker.doctorRow { $0.isGivenUp = false }
            #expect(maker.outcome("retry.attempts") == .violated)
            if maker.contract.retry.attempts.value?.highest == 1 { #expect(maker.outcome("retry.none") == .violated) }
        }
    }

    @Test func `do not take a failure that the log calls delivered for one that waits`() throws {
        var maker = try HistoryMaker.failing([.status(500)])
        HistoryMaker.fireAndForget(&maker.contract)
        maker.log()
        maker.doctorRow { $0.state = "delivered" }
        maker.doctorRow { $0.isGivenUp = false }
        #expect(maker.outcome("retry.attempts") == .held)
        #expect(maker.outcome("retry.none") == .held)
        maker.doctorRow { $0.state = "waiting" }
        #expect(maker.outcome("retry.none") == .violated)
        maker.doctorLog { $0.outcome = "succeeded" }
        #expect(maker.outcome("retry.none") == .held)
    }

    @Test func `have no occasion when the next attempt was due after the planned end`() throws {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.finish(at: .seconds(200))
        #expect(maker.verdict("retry.attempts") == nil)
        maker.finish(at: .seconds(200), complete: false)
        #expect(maker.outcome("retry.attempts") == .inconclusive)
    }

    @Test func `do not call all attempts the last ones before looking long enough`() throws {
        var maker = try HistoryMaker.failing(failures)
        maker.finish(at: .seconds(1000))
        #expect(maker.verdict("retry.attempts") == nil)
        maker.finish(at: .seconds(1600), complete: false)
        #expect(maker.outcome("retry.attempts") == .inconclusive)
    }

    @Test func `prove nothing when the host stalled over the moment an attempt was due`() throws {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.finish(at: .seconds(320))
        #expect(maker.outcome("retry.attempts") == .violated)
        maker.stall(from: .seconds(290), to: .seconds(310))
        #expect(maker.outcome("retry.attempts") == .inconclusive)
    }

    @Test func `ask for no further attempt at an endpoint that was switched off`() throws {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.change("main", .disabled, at: .seconds(100))
        #expect(maker.verdict("retry.attempts") == nil)
    }

    @Test func `report unstated attempts with their number`() throws {
        let maker = try HistoryMaker.failing([.status(500), .status(500)], HistoryMaker.silentRetries)
        #expect(maker.outcome("retry.attempts") == .unstated)
        #expect(maker.verdict("retry.attempts")?.summary.contains("2 attempts came") == true)
    }

    @Test func `forgive an attempt too many that a crash may have caused`() throws {
        var maker = try HistoryMaker.failing(failures + [.status(500)])
        maker.kill(at: .seconds(303), restart: .seconds(304))
        #expect(maker.outcome("retry.attempts") == .inconclusive)
    }

    @Test func `do not take the end of the run for a crash that excuses an attempt too many`() throws {
        var maker = try HistoryMaker.failing(failures + [.status(500)])
        maker.kill(at: .seconds(3000))
        #expect(maker.outcome("retry.attempts") == .violated)
    }

    @Test(arguments: [HistoryMaker.Answer.status(500), .status(302), .reset, .hang(until: .seconds(10))])
    func `hold when nothing is tried again that is not to be`(answer: HistoryMaker.Answer) throws {
        var maker = try HistoryMaker.failing([answer], HistoryMaker.fireAndForget)
        #expect(maker.outcome("retry.none") == .held)
        maker.attempt("e1", at: .seconds(20), number: 2)
        #expect(maker.outcome("retry.none") == .violated)
        #expect(maker.outcome("retry.attempts") == .violated)
    }

    @Test func `have no occasion to see a missing retry after a success`() throws {
        var contract = try HistoryMaker.failing([.status(200)], HistoryMaker.fireAndForget)
        #expect(contract.verdict("retry.none") == nil)
        contract = try HistoryMaker.retried()
        #expect(contract.verdict("retry.none") == nil)
    }

    @Test func `prove nothing about fire and forget when the observation ended early`() throws {
        var maker = try HistoryMaker.failing([.status(500)], HistoryMaker.fireAndForget)
        maker.finish(at: .seconds(60), complete: false)
        #expect(maker.outcome("retry.none") == .inconclusive)
        maker.finish(at: .seconds(2) + .milliseconds(500))
        #expect(maker.verdict("retry.none") == nil)
    }

    @Test func `hold when a success ends the delivery`() throws {
        #expect(try HistoryMaker.retried().outcome("retry.stops-on-success") == .held)
    }

    @Test func `are violated by a request after a success, whatever the guarantee`() throws {
        var maker = try HistoryMaker.delivered { $0.guarantee = SampleContract.stated(.atLeastOnce) }
        maker.attempt("e1", at: .seconds(3), number: 2)
        let verdict = maker.verdict("retry.stops-on-success")
        #expect(verdict?.outcome == .violated)
        #expect(verdict?.details.last?.hasPrefix("At-least-once delivery excuses") == true)
        var crashed = maker
        crashed.kill(at: .seconds(2) + .milliseconds(500), restart: .seconds(3))
        #expect(crashed.verdict("retry.stops-on-success") == nil)
    }

    @Test func `do not call an answer at the very limit a success that ends the delivery`() throws {
        let maker = try HistoryMaker.failing([.status(200, after: .seconds(10)), .status(200)])
        #expect(maker.outcome("retry.stops-on-success") == .held)
    }

    @Test func `prove nothing about what follows a success when records were lost`() throws {
        var maker = try HistoryMaker.delivered()
        maker.history.dropped = 3
        #expect(maker.outcome("retry.stops-on-success") == .inconclusive)
    }
}
