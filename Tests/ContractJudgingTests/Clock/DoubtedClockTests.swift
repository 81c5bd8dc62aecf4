import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `A clock that could not see everything` {
    private func second(after wait: Duration) throws -> HistoryMaker {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.attempt("e1", at: .milliseconds(2010) + wait, number: 2)
        return maker
    }

    @Test(arguments: [299, 301, 320])
    func `proves nothing of a wait that ended later, and says what was hidden`(seconds: Int) throws {
        var maker = try second(after: .seconds(seconds))
        maker.doubt(at: .zero)
        let verdict = try #require(maker.verdict("retry.gaps"))
        #expect(verdict.outcome == .inconclusive)
        #expect(
            verdict.summary.contains(
                "something was hidden from the clock meanwhile (a peer on /run/db.sock outside the session)"
            )
        )
    }

    @Test func `is trusted until the moment of the doubt`() throws {
        var maker = try second(after: .seconds(320))
        maker.doubt(at: .seconds(330))
        #expect(maker.outcome("retry.gaps") == .violated)
        maker = try second(after: .seconds(301))
        maker.doubt(at: .seconds(330))
        #expect(maker.outcome("retry.gaps") == .held)
    }

    @Test func `proves nothing by silence`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        #expect(maker.outcome("delivery.arrives") == .violated)
        maker.doubt(at: .milliseconds(500))
        maker.doubt("another", at: .milliseconds(600))
        #expect(maker.outcome("delivery.arrives") == .inconclusive)
        #expect(maker.verdict("delivery.arrives")?.summary.contains("outside the session, and 1 more)") == true)
    }

    @Test func `still counts what came too often, and reads what was sent`() throws {
        var maker = try HistoryMaker.failing([.status(500), .status(500), .status(500), .status(500)])
        maker.doubt(at: .zero)
        #expect(maker.outcome("retry.attempts") == .violated)
        #expect(maker.outcome("signature.bytes") == .held)
    }

    @Test func `says nothing of a gate that held back nothing for sure`() throws {
        var maker = HistoryMaker(
            contract: try SampleContract.make(),
            endpoints: [HistoryMaker.endpoint("main", events: ["thing.updated"])]
        )
        maker.emit()
        #expect(maker.outcome("endpoint.subscription") == .held)
        maker.doubt(at: .seconds(2))
        #expect(maker.outcome("endpoint.subscription") == .inconclusive)
    }
}

@Suite struct `The proof that nothing would ever have happened` {
    private let words = "and nothing would ever have happened: from 12.3s on every thread of the dispatcher waited"

    @Test func `stands beside what is missing`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.idle(at: .milliseconds(12_300))
        maker.idle(at: .milliseconds(15_000))
        let verdict = try #require(maker.verdict("delivery.arrives"))
        #expect(verdict.outcome == .violated)
        #expect(verdict.summary.contains(words))
        #expect(verdict.summary.hasSuffix("for a time."))
    }

    @Test(arguments: ["retry.attempts", "retry.failure-classes"] as [CheckID])
    func `stands beside a retry that is missing`(check: CheckID) throws {
        var maker = try HistoryMaker.failing([.status(500)])
        #expect(maker.verdict(check)?.summary.contains("nothing would") == false)
        maker.idle(at: .milliseconds(12_300))
        #expect(maker.outcome(check) == .violated)
        #expect(maker.verdict(check)?.summary.contains(words) == true)
    }

    @Test func `is not claimed of a time before, nor where something happened all the same`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.idle(at: .milliseconds(500))
        maker.emit()
        #expect(maker.verdict("delivery.arrives")?.summary.contains("nothing would") == false)
        maker = try HistoryMaker.failing([.status(500)])
        maker.idle(at: .milliseconds(12_300))
        maker.attempt("e1", at: .seconds(302), number: 2, answer: .status(500))
        #expect(maker.verdict("retry.attempts")?.outcome == .violated)
        #expect(maker.verdict("retry.attempts")?.summary.contains("nothing would") == false)
    }
}

@Suite struct `An exact warped clock` {
    @Test func `changes no verdict by jumping, by being held and by passing over housekeeping`() throws {
        let plain = try HistoryMaker.retried()
        var warped = plain
        warped.history.clock.exactJumps = 2_300
        warped.history.clock.holds = 4
        warped.history.clock.longestHold = Stamp(sinceStart: .seconds(9))
        warped.history.clock.skippedTicks = 26_000
        #expect(warped.judged().verdicts == plain.judged().verdicts)
        #expect(!plain.judged().verdicts.contains { $0.outcome == .inconclusive })
    }

    @Test func `needs no heartbeat and allows no stall that nobody recorded`() throws {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.attempt("e1", at: .milliseconds(301_910), number: 2)
        maker.scenario.clock = .real
        #expect(maker.outcome("retry.gaps") == .violated)
        // What ran counts, not what the scenario asked for.
        maker.scenario.clock = .warped
        maker.history.clock.chosen = ClockChosen(clock: "real")
        #expect(maker.outcome("retry.gaps") == .held)
        maker.history.clock.chosen = nil
        #expect(maker.outcome("retry.gaps") == .held)
    }
}
