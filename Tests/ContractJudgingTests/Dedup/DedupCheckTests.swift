import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of deduplication` {
    private func natural(_ contract: inout Contract) throws {
        contract.dedup = SampleContract.stated(
            DedupKey(header: nil, fields: [try pointer("/event"), try pointer("/id")])
        )
    }

    @Test func `hold when every attempt has the same key`() throws {
        #expect(try HistoryMaker.retried().outcome("dedup.key-stable") == .held)
        let verdict = try HistoryMaker.retried(natural).verdict("dedup.natural-key-stable")
        #expect(verdict?.outcome == .held)
        #expect(verdict?.summary == "3 attempts have the same key (/event, /id).")
    }

    @Test func `have no occasion with one attempt`() throws {
        #expect(try HistoryMaker.delivered().verdict("dedup.key-stable") == nil)
        #expect(try HistoryMaker.delivered { try natural(&$0) }.verdict("dedup.natural-key-stable") == nil)
    }

    @Test func `are violated by a new key on a retry`() throws {
        var maker = try HistoryMaker.retried()
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.outcome("dedup.key-stable") == .violated)
        maker.setHeader(1, "X-Event-Id")
        #expect(maker.verdict("dedup.key-stable")?.summary.hasPrefix("Attempt 2 has no single X-Event-Id") == true)
        #expect(maker.outcome("dedup.key-stable") == .violated)
    }

    @Test func `are violated by a natural key that changes`() throws {
        var maker = try HistoryMaker.retried(natural)
        let id = try pointer("/id")
        try maker.editBody(1) { $0.setting(.string("another"), at: id) ?? $0 }
        #expect(maker.outcome("dedup.natural-key-stable") == .violated)
        try maker.editBody(1) { $0.removing(at: id) }
        #expect(maker.outcome("dedup.natural-key-stable") == .violated)
    }

    @Test func `report an unstated key`() throws {
        let maker = try HistoryMaker.retried { $0.dedup = .unstated }
        #expect(maker.outcome("dedup.key-stable") == .unstated)
        #expect(maker.verdict("dedup.natural-key-stable") == nil)
    }

    private func two(_ change: (inout Contract) throws -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        try change(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        maker.emit(at: .seconds(3))
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e2", at: .seconds(4))
        return maker
    }

    @Test func `hold when two events have two keys`() throws {
        var maker = try two()
        #expect(maker.outcome("dedup.keys-differ") == .held)
        maker.setHeader(1, "X-Event-Id", "id-of-e1")
        #expect(maker.outcome("dedup.keys-differ") == .violated)
        maker.contract.dedup = .unstated
        #expect(maker.outcome("dedup.keys-differ") == .unstated)
        #expect(try HistoryMaker.delivered().verdict("dedup.keys-differ") == nil)
    }

    @Test func `report two changes that were handed over with one natural key`() throws {
        let maker = try two {
            $0.dedup = SampleContract.stated(DedupKey(header: nil, fields: [try pointer("/event")]))
        }
        #expect(maker.outcome("dedup.keys-differ") == .unstated)
    }

    private func repeated() throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.publication.once = SampleContract.stated([PublicationRule(events: ["thing.created"], key: [])])
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        maker.attempt("e1", at: .seconds(2))
        maker.emit(at: .seconds(3), again: "e1")
        return maker
    }

    @Test func `hold when what is published twice comes once`() throws {
        var maker = try repeated()
        #expect(maker.outcome("publication.once") == .held)
        maker.finish(at: .seconds(100), complete: false)
        #expect(maker.outcome("publication.once") == .inconclusive)
    }

    @Test func `are violated by a second delivery, with the same id or another`() throws {
        var maker = try repeated()
        maker.attempt("e1", at: .seconds(4), number: 2)
        #expect(maker.outcome("publication.once") == .violated)
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.outcome("publication.once") == .violated)
        maker.contract.publication.once = .unstated
        #expect(maker.outcome("publication.once") == .unstated)
    }

    private func crashed(at time: Duration) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered()
        maker.history.attempts[0].ended?.answerEnded = Stamp(sinceStart: .seconds(2) + .milliseconds(10))
        maker.kill(at: time, restart: .seconds(5))
        maker.attempt("e1", at: .seconds(6), number: 2)
        return maker
    }

    @Test func `hold when what a crash repeats has the same key`() throws {
        var maker = try crashed(at: .seconds(2) + .milliseconds(20))
        #expect(maker.outcome("dedup.after-crash") == .held)
        #expect(maker.verdict("crash.resent-with-same-key") == nil)
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.outcome("dedup.after-crash") == .violated)
        maker.contract.dedup = .unstated
        #expect(maker.outcome("dedup.after-crash") == .unstated)
    }

    @Test func `hold when an attempt that a crash cut off is made again with the same key`() throws {
        var maker = try crashed(at: .seconds(2) + .milliseconds(5))
        #expect(maker.outcome("crash.resent-with-same-key") == .held)
        #expect(maker.verdict("dedup.after-crash") == nil)
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.outcome("crash.resent-with-same-key") == .violated)
        maker.contract.dedup = .unstated
        #expect(maker.outcome("crash.resent-with-same-key") == .unstated)
    }

    @Test func `are violated by an attempt that a crash cut off and nobody makes again`() throws {
        var maker = try HistoryMaker.delivered()
        maker.history.attempts[0].ended?.answerEnded = nil
        maker.history.attempts[0].ended?.closing = Closing(
            by: .dispatcher,
            how: .fin,
            at: Stamp(sinceStart: .seconds(3))
        )
        maker.kill(at: .seconds(3), restart: .seconds(5))
        #expect(maker.outcome("crash.resent-with-same-key") == .violated)
        maker.finish(at: .seconds(20))
        #expect(maker.outcome("crash.resent-with-same-key") == .inconclusive)
    }

    @Test func `hold when only the failing endpoint gets an event again`() throws {
        let endpoints = [HistoryMaker.endpoint("main"), HistoryMaker.endpoint("other")]
        var maker = try HistoryMaker.failing([.status(500), .status(200)], endpoints: endpoints)
        #expect(maker.verdict("retry.only-the-failing-endpoint") == nil)
        maker.attempt("e1", at: .seconds(3), to: "other")
        #expect(maker.outcome("retry.only-the-failing-endpoint") == .held)
        maker.attempt("e1", at: .seconds(303), to: "other", number: 2)
        #expect(maker.outcome("retry.only-the-failing-endpoint") == .violated)
    }
}
