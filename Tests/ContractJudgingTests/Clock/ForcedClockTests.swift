import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `A clock that was forced` {
    private func second(after wait: Duration) throws -> HistoryMaker {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.attempt("e1", at: .milliseconds(2010) + wait, number: 2)
        return maker
    }

    @Test func `leaves a wait open that it may have made too long, with the figures`() throws {
        var maker = try second(after: .seconds(320))
        maker.force(from: .seconds(100), to: .seconds(110))
        let verdict = try #require(maker.verdict("retry.gaps"))
        #expect(verdict.outcome == .inconclusive)
        #expect(
            verdict.summary.hasSuffix(
                "but the clock was forced 3 times meanwhile, over 10s, because a thread of the dispatcher never slept."
            )
        )
        maker.history.clock.forced = []
        maker.force(from: .seconds(100), to: .seconds(104))
        #expect(maker.outcome("retry.gaps") == .violated)
    }

    @Test func `changes nothing outside the wait`() throws {
        var maker = try second(after: .seconds(320))
        maker.force(from: .seconds(400), to: .seconds(450))
        maker.force(from: .zero, to: .seconds(1))
        #expect(maker.outcome("retry.gaps") == .violated)
    }

    @Test func `leaves a wait open that seems right and may have been too short`() throws {
        var maker = try second(after: .seconds(302))
        #expect(maker.outcome("retry.gaps") == .held)
        maker.force(from: .seconds(100), to: .seconds(200))
        maker.force(from: .seconds(303), to: .seconds(305))
        #expect(maker.outcome("retry.gaps") == .held)
        maker.force(from: .seconds(290), to: .seconds(305))
        #expect(maker.outcome("retry.gaps") == .inconclusive)
    }

    @Test func `leaves a wait open that seems too short because its start was stamped late`() throws {
        var maker = try second(after: .seconds(299))
        #expect(maker.outcome("retry.gaps") == .violated)
        maker.force(from: .milliseconds(500), to: .seconds(3))
        #expect(maker.outcome("retry.gaps") == .inconclusive)
        maker.history.clock.forced = []
        maker.force(from: .seconds(100), to: .seconds(110))
        #expect(maker.outcome("retry.gaps") == .violated)
    }

    @Test(arguments: ["retry.attempts", "retry.failure-classes"] as [CheckID])
    func `leaves open whether an attempt is missing that it may have kept back`(check: CheckID) throws {
        var maker = try HistoryMaker.failing([.status(500)])
        maker.finish(at: .seconds(320))
        maker.force(from: .seconds(290), to: .seconds(291))
        #expect(maker.outcome(check) == .violated)
        maker.force(from: .seconds(295), to: .seconds(310), steps: 1)
        let verdict = try #require(maker.verdict(check))
        #expect(verdict.outcome == .inconclusive)
        #expect(verdict.summary.contains("forced 4 times meanwhile, over 16s"))
    }

    @Test func `leaves open whether an event came too late or not at all`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.finish(at: .seconds(65))
        #expect(maker.outcome("delivery.arrives") == .violated)
        maker.force(from: .seconds(2), to: .seconds(40), steps: 1)
        #expect(maker.outcome("delivery.arrives") == .inconclusive)
        #expect(maker.verdict("delivery.arrives")?.summary.contains("forced once meanwhile, over 38s") == true)
        maker.attempt("e1", at: .seconds(62))
        #expect(maker.outcome("delivery.arrives") == .held)
        #expect(maker.outcome("latency.first-attempt") == .inconclusive)
    }

    @Test func `leaves the response limit open on both sides`() throws {
        let cut = { (time: Duration, from: Duration, to: Duration) in
            var maker = try HistoryMaker.failing([.hang(until: time), .status(200)])
            maker.force(from: from, to: to)
            return maker.outcome("limit.kept")
        }
        #expect(try cut(.seconds(12), .seconds(4), .seconds(8)) == .inconclusive)
        #expect(try cut(.seconds(12), .seconds(20), .seconds(30)) == .violated)
        #expect(try cut(.seconds(9), .zero, .seconds(2)) == .inconclusive)
        #expect(try cut(.seconds(9), .seconds(3), .seconds(4)) == .violated)
        // It was given up at the limit as it seems, and may have been given up before.
        #expect(try cut(.seconds(10), .seconds(8), .seconds(13)) == .inconclusive)
        #expect(try cut(.seconds(10), .seconds(3), .seconds(4)) == .held)
    }

    @Test func `leaves open what became of an answer that the dispatcher may not have read in time`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .status(200, after: .seconds(1)))
        maker.attempt("e1", at: .seconds(304), number: 2)
        #expect(maker.outcome("retry.stops-on-success") == .violated)
        // By then it had read the answer, or had time left for it.
        maker.force(from: .seconds(4), to: .seconds(13))
        maker.force(from: .seconds(2), to: .seconds(3))
        #expect(maker.outcome("retry.stops-on-success") == .violated)
        maker.history.clock.forced = []
        maker.force(from: .seconds(3), to: .seconds(13))
        // What followed may be the retry of an attempt that timed out, and nothing followed that.
        #expect(maker.outcome("retry.stops-on-success") == .held)
        maker.history.attempts.removeLast()
        #expect(maker.outcome("retry.stops-on-success") == .inconclusive)
        #expect(maker.verdict("retry.stops-on-success")?.summary.contains("the clock was forced") == true)
    }

    @Test func `does not make a failure of an answer that fails either way doubtful`() throws {
        var maker = try HistoryMaker.failing([.status(500, after: .seconds(1))])
        maker.attempt("e1", at: .seconds(303), number: 2)
        maker.force(from: .seconds(3), to: .seconds(13))
        #expect(maker.outcome("retry.gaps") == .held)
        // Which status the dispatcher saw, if any, is not known for sure.
        #expect(maker.context.attempts[0].receiverResult == .failure(.serverError, status: nil))
        maker.contract.retry.failures = SampleContract.stated([.timeout])
        #expect(maker.context.attempts[0].receiverResult.isFailure == false)
    }

    @Test func `leaves facts alone that do not rest on time`() throws {
        var maker = try HistoryMaker.failing([.status(500), .status(500), .status(500), .status(500)])
        maker.doctor(0) { $0.body = Bytes(text: "{}") }
        maker.force(from: .zero, to: .seconds(3600), steps: 500)
        #expect(maker.outcome("retry.attempts") == .violated)
        #expect(maker.outcome("signature.bytes") == .violated)
        #expect(maker.outcome("retry.same-payload") == .violated)
    }

    @Test func `never calls anything of a right run violated, however long it was forced`() throws {
        for (from, to) in [(0, 3600), (1, 3), (2, 302), (302, 903), (903, 3600)] {
            var maker = try HistoryMaker.retried()
            maker.force(from: .seconds(from), to: .seconds(to))
            #expect(!maker.judged().verdicts.contains { $0.outcome == .violated })
        }
    }

    @Test func `leaves the expectations of a scenario open that rest on time`() throws {
        let position = SourcePosition(line: 17, column: 3)
        var maker = try HistoryMaker.retried()
        maker.scenario.expectations.attempts = Expected(
            value: CountRange(lowest: 4, highest: 4),
            position: position
        )
        #expect(maker.outcome("scenario.attempts") == .violated)
        // While the dispatcher starts, nothing is expected yet.
        maker.force(from: .zero, to: .milliseconds(900), steps: 40)
        maker.force(from: .seconds(100), to: .seconds(101))
        #expect(maker.outcome("scenario.attempts") == .violated)
        maker.force(from: .seconds(200), to: .seconds(201))
        #expect(maker.outcome("scenario.attempts") == .inconclusive)
        // What is too much already is no less for it, and what is enough stays enough.
        maker.scenario.expectations.attempts?.value = CountRange(lowest: 1, highest: 2)
        #expect(maker.outcome("scenario.attempts") == .violated)
        maker.scenario.expectations.attempts?.value = CountRange(lowest: 2, highest: nil)
        #expect(maker.outcome("scenario.attempts") == .held)
    }

    @Test func `keeps a wait step open that may have missed what it waited for`() throws {
        var maker = try HistoryMaker.delivered()
        let action = StepAction.awaitAttempts(count: 2, endpoint: "main", within: .seconds(10))
        maker.scenario.steps = [Step(action: action, position: SourcePosition(line: 9, column: 5))]
        var step = StepHistory(step: 1, text: action.summary, began: Stamp(sinceStart: .seconds(2)))
        step.ended = Stamp(sinceStart: .seconds(12))
        step.note = "saw 1 of 2 attempts within 10s"
        maker.history.steps.append(step)
        maker.attempt("e1", at: .seconds(20), number: 2)
        maker.force(from: .seconds(3), to: .seconds(5))
        #expect(maker.outcome("scenario.awaited") == .violated)
        maker.force(from: .seconds(13), to: .seconds(20))
        #expect(maker.outcome("scenario.awaited") == .inconclusive)
    }
}
