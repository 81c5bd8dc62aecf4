import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Answers that are no HTTP responses` {
    private static let check: CheckID = "failure.invalid-response"

    /// An answer that gives two lengths.
    private static let contradicting = Reply.respond(
        Response(
            status: 200,
            headers: [
                ReplyHeader(name: "Content-Length", value: "2"), ReplyHeader(name: "content-length", value: "300"),
            ],
            body: "ok"
        )
    )

    private func answered(_ reply: Reply, _ answer: HistoryMaker.Answer) throws -> HistoryMaker {
        let endpoint = HistoryMaker.endpoint("main", replies: [reply, .respond(Response(status: 200))])
        return try HistoryMaker.failing([answer, .status(200)], endpoints: [endpoint])
    }

    @Test(arguments: [Fault.Kind.garbage, .malformedChunk, .close])
    func `are failures, which a retry shows`(_ kind: Fault.Kind) throws {
        let maker = try answered(.fault(Fault(kind: kind)), .reset)
        #expect(maker.outcome(Self.check) == .held)
    }

    @Test func `are failures when nobody can tell where they end`() throws {
        var maker = try answered(Self.contradicting, .status(200))
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("retry.stops-on-success") != .violated)
        maker.history.attempts.removeLast()
        maker.log()
        maker.doctorLog { $0.outcome = "succeeded" }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `are told apart from lengths that say the same`() throws {
        let reply = Reply.respond(
            Response(
                status: 200,
                headers: ["2", "2"].map { ReplyHeader(name: "Content-Length", value: $0) },
                body: "ok"
            )
        )
        let endpoint = HistoryMaker.endpoint("main", replies: [reply])
        let maker = try HistoryMaker.failing([.status(200)], endpoints: [endpoint])
        #expect(maker.verdict(Self.check) == nil)
    }

    @Test func `must not be taken for success`() throws {
        var maker = try answered(.fault(Fault(kind: .garbage)), .reset)
        maker.log()
        maker.doctorLog {
            $0.outcome = "succeeded"; $0.error = nil; $0.responseCode = 200
        }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `must not end the dispatcher`() throws {
        var maker = try answered(.fault(Fault(kind: .garbage)), .reset)
        let started = DispatcherStarted(life: 1, processID: 4000, command: ["dispatcher"])
        var life = DispatcherLife(started: Timed(at: Stamp(nanoseconds: 0), value: started))
        let exited = DispatcherExited(life: 1, status: "exit 1", expected: false)
        life.exited = Timed(at: Stamp(sinceStart: .seconds(3)), value: exited)
        maker.history.lives = [life]
        #expect(maker.outcome(Self.check) == .violated)
        life.exited = Timed(at: Stamp(sinceStart: .seconds(900)), value: exited)
        maker.history.lives = [life]
        #expect(maker.outcome(Self.check) == .held, "another attempt came before it ended")
    }

    @Test func `must not keep the next event back`() throws {
        var maker = try answered(.fault(Fault(kind: .garbage)), .reset)
        let next = maker.emit("thing.updated", at: .seconds(400))
        #expect(maker.outcome(Self.check) == .violated)
        var seen = maker
        seen.attempt(next, at: .seconds(401))
        #expect(seen.outcome(Self.check) == .held)
        maker.finish(at: .seconds(405))
        #expect(maker.outcome(Self.check) == .held, "the observation ended before the event was overdue")
    }

    @Test func `are no occasion where every answer was valid`() throws {
        #expect(try HistoryMaker.retried().verdict(Self.check) == nil)
    }
}
