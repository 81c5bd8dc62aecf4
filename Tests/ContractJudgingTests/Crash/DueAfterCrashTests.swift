import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `Retries that wait through a crash` {
    /// The first attempt fails at 2 s; the next one is promised 5 minutes after it.
    private func second(after wait: Duration, killedAt killed: Duration, back: Duration?) throws -> HistoryMaker {
        var maker = try HistoryMaker.failing([.status(500, after: .milliseconds(10))])
        maker.kill(at: killed, restart: back)
        maker.attempt("e1", at: .seconds(2) + .milliseconds(10) + wait, number: 2)
        return maker
    }

    @Test func `hold when they come when they were due`() throws {
        let maker = try second(after: .seconds(301), killedAt: .seconds(60), back: .seconds(90))
        #expect(maker.outcome("crash.retry-when-due") == .held)
    }

    @Test func `are violated when they come at once after the restart`() throws {
        let maker = try second(after: .seconds(90), killedAt: .seconds(60), back: .seconds(91))
        #expect(maker.outcome("crash.retry-when-due") == .violated)
        #expect(maker.verdict("crash.retry-when-due")?.summary.contains("in the midst of a wait") == true)
    }

    @Test func `are violated when the wait begins anew with the restart`() throws {
        let maker = try second(after: .seconds(390), killedAt: .seconds(60), back: .seconds(90))
        #expect(maker.outcome("crash.retry-when-due") == .violated)
    }

    @Test func `may be late when the dispatcher was not back in time`() throws {
        let maker = try second(after: .seconds(410), killedAt: .seconds(60), back: .seconds(405))
        #expect(maker.outcome("crash.retry-when-due") == .held)
    }

    @Test func `are no wait when the attempt itself was interrupted`() throws {
        var maker = try HistoryMaker.failing([.hang(until: .seconds(10))])
        maker.kill(at: .seconds(5), restart: .seconds(6))
        maker.attempt("e1", at: .seconds(7), number: 2)
        #expect(maker.verdict("crash.retry-when-due") == nil)
    }

    @Test func `are reported where nothing is promised`() throws {
        var maker = try second(after: .seconds(90), killedAt: .seconds(60), back: .seconds(91))
        HistoryMaker.silentRetries(&maker.contract)
        #expect(maker.outcome("crash.retry-when-due") == .unstated)
    }
}
