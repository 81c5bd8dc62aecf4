import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Checks of the response limit` {
    private func cut(after time: Duration, reply: Reply = .fault(Fault(kind: .hang))) throws -> HistoryMaker {
        try HistoryMaker.failing(
            [.hang(until: time), .status(200)],
            endpoints: [HistoryMaker.endpoint("main", replies: [reply, .respond(Response(status: 200))])]
        )
    }

    @Test func `hold when the dispatcher gives up at the limit`() throws {
        #expect(try cut(after: .seconds(10)).outcome("limit.kept") == .held)
        #expect(try cut(after: .seconds(10) + .milliseconds(900)).outcome("limit.kept") == .held)
    }

    @Test func `are violated by giving up too early or too late`() throws {
        #expect(try cut(after: .seconds(9)).outcome("limit.kept") == .violated)
        #expect(try cut(after: .seconds(12)).outcome("limit.kept") == .violated)
    }

    @Test func `allow a short limit no more than half of itself again`() throws {
        let held = { (time: Duration) in
            var maker = try self.cut(after: time)
            maker.contract.responseLimit = SampleContract.stated(
                ResponseLimit(total: .seconds(1), measuredFrom: .start)
            )
            return maker.outcome("limit.kept") == .held
        }
        #expect(try held(.milliseconds(1400)))
        #expect(try !held(.milliseconds(1900)))
        var stalled = try cut(after: .milliseconds(1900))
        stalled.contract.responseLimit = SampleContract.stated(
            ResponseLimit(total: .seconds(1), measuredFrom: .start)
        )
        #expect(stalled.outcome("limit.kept") == .violated)
        stalled.stall(from: .seconds(2), to: .seconds(3))
        #expect(stalled.outcome("limit.kept") == .inconclusive)
    }

    @Test func `count from the opening of the connection at the earliest`() throws {
        var maker = try cut(after: .seconds(9) + .milliseconds(800))
        #expect(maker.outcome("limit.kept") == .violated)
        maker.history.connections[0].opened.at = Stamp(sinceStart: .seconds(1) + .milliseconds(800))
        #expect(maker.outcome("limit.kept") == .held)
    }

    @Test func `are violated by an attempt that is never given up`() throws {
        var maker = try cut(after: .seconds(10))
        maker.history.attempts[0].ended?.closing = nil
        maker.history.attempts[0].connectionClosing = nil
        maker.history.connections[0].closed = nil
        #expect(maker.outcome("limit.kept") == .violated)
        maker.finish(at: .seconds(11))
        #expect(maker.outcome("limit.kept") != .violated)
    }

    @Test func `prove nothing when a stall could explain the difference`() throws {
        var maker = try cut(after: .seconds(12))
        maker.stall(from: .seconds(4), to: .seconds(8))
        #expect(maker.outcome("limit.kept") == .inconclusive)
        maker = try cut(after: .seconds(9))
        maker.stall(from: .seconds(1), to: .seconds(3))
        #expect(maker.outcome("limit.kept") == .inconclusive)
    }

    @Test func `hold for an answer just within the limit that counts`() throws {
        var maker = try HistoryMaker.failing([.status(200, after: .seconds(9))])
        #expect(maker.outcome("limit.kept") == .held)
        maker.attempt("e1", at: .seconds(311), number: 2)
        #expect(maker.outcome("limit.kept") == .violated)
    }

    @Test func `have no occasion when answers come at once`() throws {
        #expect(try HistoryMaker.delivered().verdict("limit.kept") == nil)
    }

    @Test func `report an unstated limit`() throws {
        var maker = try cut(after: .seconds(15))
        maker.contract.responseLimit = .unstated
        #expect(maker.outcome("limit.kept") == .unstated)
        #expect(maker.verdict("limit.kept")?.summary.contains("given up after 15s") == true)
    }

    @Test func `prove nothing by a connection that a crash closed`() throws {
        var maker = try cut(after: .seconds(4))
        maker.kill(at: .seconds(6), restart: .seconds(7))
        #expect(maker.verdict("limit.kept") == nil)
    }

    @Test func `are violated by an attempt that was open for too long when the process ended`() throws {
        var maker = try cut(after: .seconds(30))
        maker.kill(at: .seconds(25))
        let verdict = try #require(maker.verdict("limit.kept"))
        #expect(verdict.outcome == .violated)
        #expect(verdict.summary.contains("when the dispatcher's process ended"))
    }

    @Test(arguments: [(Drip.Part.body, "limit.total"), (.head, "limit.slow-head")])
    func `tell apart what drips`(part: Drip.Part, check: String) throws {
        let drip = Drip(part: part, bytes: 1, every: .seconds(1))
        let reply = Reply.respond(Response(status: 200, body: "long enough to last", drip: drip))
        let id = CheckID(rawValue: check)
        #expect(try cut(after: .seconds(10), reply: reply).outcome(id) == .held)
        #expect(try cut(after: .seconds(20), reply: reply).outcome(id) == .violated)
        #expect(try cut(after: .seconds(20), reply: reply).verdict("limit.kept") == nil)
        var stalled = try cut(after: .seconds(12), reply: reply)
        stalled.stall(from: .seconds(4), to: .seconds(8))
        #expect(stalled.outcome(id) == .inconclusive)
        stalled.contract.responseLimit = .unstated
        #expect(stalled.outcome(id) == .unstated)
    }

    @Test func `prove nothing by a dispatcher that does not wait for the body`() throws {
        let reply = Reply.respond(Response(status: 200, body: "slow", holdBody: .seconds(30)))
        var maker = try cut(after: .seconds(3), reply: reply)
        #expect(maker.outcome("limit.total") == .violated)
        maker.history.attempts[0].ended?.answerBegan = Stamp(sinceStart: .seconds(2) + .milliseconds(5))
        #expect(maker.outcome("limit.total") == .inconclusive)
    }

    @Test func `hold when a late answer is a failure`() throws {
        let late = try HistoryMaker.failing([.status(200, after: .seconds(12)), .status(200)])
        #expect(late.outcome("limit.late-answer-is-failure") == .held)
        #expect(late.outcome("limit.kept") == .violated)
    }

    @Test func `are violated by a late answer that counts`() throws {
        var maker = try HistoryMaker.failing([.status(200, after: .seconds(12))])
        #expect(maker.outcome("limit.late-answer-is-failure") == .violated)
        // Too soon after the limit for the connection to tell, and told by what became of it.
        var soon = try HistoryMaker.failing([.status(200, after: .seconds(10) + .milliseconds(400))])
        #expect(soon.outcome("limit.kept") == .violated)
        soon.finish(at: .seconds(100))
        #expect(soon.verdict("limit.kept") == nil)
        maker.finish(at: .seconds(100))
        #expect(maker.verdict("limit.late-answer-is-failure") == nil)
        maker.log()
        maker.doctorLog { $0.outcome = "succeeded" }
        #expect(maker.outcome("limit.late-answer-is-failure") == .violated)
    }

    @Test func `report from when the limit counts`() throws {
        var maker = try cut(after: .seconds(10))
        #expect(maker.outcome("limit.origin") == .unstated)
        maker.history.connections[0].opened.at = Stamp(sinceStart: .seconds(1))
        #expect(maker.outcome("limit.origin") == .held)
        maker = try cut(after: .seconds(9))
        maker.history.connections[0].opened.at = Stamp(sinceStart: .seconds(1))
        #expect(maker.outcome("limit.origin") == .unstated)
        #expect(maker.verdict("limit.origin")?.summary.hasPrefix("It seems to count from connecting") == true)
    }
}
