import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of the waits between attempts` {
    private func second(after wait: Duration, held: Duration = .milliseconds(10)) throws -> HistoryMaker {
        var maker = try HistoryMaker.failing([.status(500, after: held)])
        maker.attempt("e1", at: .seconds(2) + held + wait, number: 2)
        return maker
    }

    @Test func `hold for the promised waits`() throws {
        #expect(try HistoryMaker.retried().outcome("retry.gaps") == .held)
        #expect(try second(after: .seconds(314)).outcome("retry.gaps") == .held)
    }

    @Test func `are violated by a wait that is too short or too long`() throws {
        #expect(try second(after: .seconds(299)).outcome("retry.gaps") == .violated)
        #expect(try second(after: .seconds(320)).outcome("retry.gaps") == .violated)
    }

    @Test func `explain a wait that counts from the start of the attempt`() throws {
        let verdict = try second(after: .seconds(295), held: .seconds(5)).verdict("retry.gaps")
        #expect(verdict?.outcome == .violated)
        #expect(verdict?.explanation.nearest.first?.contains("counted from the start of attempt 1") == true)
    }

    @Test func `explain a ladder that is off by one and a unit that slipped`() throws {
        let ladder = try second(after: .seconds(600)).verdict("retry.gaps")
        #expect(ladder?.explanation.nearest.first?.contains("a step of the ladder was left out") == true)
        let slip = try second(after: .seconds(5)).verdict("retry.gaps")
        #expect(slip?.explanation.nearest.first?.contains("minutes were taken for seconds") == true)
    }

    @Test func `count from the first attempt where the contract says so`() throws {
        let fromFirst = { (contract: inout Contract) in
            contract.retry.countedFrom = SampleContract.stated(.firstAttempt)
        }
        var maker = try HistoryMaker.failing([.status(500, after: .seconds(5))], fromFirst)
        maker.attempt("e1", at: .seconds(302), number: 2)
        #expect(maker.outcome("retry.gaps") == .held)
        maker.contract.retry.countedFrom = SampleContract.stated(.previousFailure)
        #expect(maker.outcome("retry.gaps") == .violated)
        maker.contract.retry.countedFrom = .unstated
        #expect(maker.outcome("retry.gaps") == .held)
    }

    @Test func `prove nothing when a stall could explain the difference`() throws {
        var late = try second(after: .seconds(320))
        late.stall(from: .seconds(100), to: .seconds(110))
        #expect(late.outcome("retry.gaps") == .inconclusive)
        var early = try second(after: .seconds(299))
        early.stall(from: .seconds(1), to: .seconds(3))
        #expect(early.outcome("retry.gaps") == .inconclusive)
        // A stall in the middle cannot make a wait look shorter.
        early.history.stalls = []
        early.stall(from: .seconds(100), to: .seconds(110))
        #expect(early.outcome("retry.gaps") == .violated)
    }

    @Test func `leave room for what the heartbeat does not record under the real clock`() throws {
        var maker = try second(after: .seconds(300) - .milliseconds(100))
        #expect(maker.outcome("retry.gaps") == .violated)
        maker.history.clock.chosen = ClockChosen(clock: "real")
        #expect(maker.outcome("retry.gaps") == .held)
    }

    @Test func `let a receiver put the next attempt off where the contract allows it`() throws {
        let headers = [ReplyHeader(name: "Retry-After", value: "400")]
        let reply = Reply.respond(Response(status: 503, headers: headers))
        let endpoints = [HistoryMaker.endpoint("main", replies: [reply])]
        var maker = try HistoryMaker.failing([.status(503)], endpoints: endpoints)
        maker.attempt("e1", at: .seconds(403), number: 2)
        #expect(maker.outcome("retry.gaps") == .violated)
        maker.contract.retry.retryAfter = SampleContract.stated(.honoured)
        #expect(maker.outcome("retry.gaps") == .held)
        maker.contract.retry.retryAfter = .unstated
        #expect(maker.outcome("retry.gaps") == .held)
        maker.history.attempts.removeLast()
        maker.finish(at: .seconds(380))
        #expect(maker.verdict("retry.attempts") == nil)
    }

    @Test func `report unstated waits`() throws {
        var maker = try second(after: .seconds(42))
        HistoryMaker.silentRetries(&maker.contract)
        #expect(maker.outcome("retry.gaps") == .unstated)
        #expect(maker.verdict("retry.gaps")?.summary.hasSuffix("retried after 42.0s.") == true)
    }

    @Test func `do not call what follows a crash a wait`() throws {
        var maker = try second(after: .seconds(20))
        maker.kill(at: .seconds(10), restart: .seconds(12))
        #expect(maker.verdict("retry.gaps") == nil)
    }
}
