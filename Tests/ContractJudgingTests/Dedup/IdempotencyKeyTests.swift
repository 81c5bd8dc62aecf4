import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Idempotency keys` {
    private static let check: CheckID = "dedup.idempotency-key"

    private func keyed(_ values: String...) throws -> HistoryMaker {
        var maker = try HistoryMaker.retried {
            $0.headers.append(HeaderTerms(name: "Idempotency-Key", value: SampleContract.stated(.idempotencyKey)))
        }
        for (index, value) in values.enumerated() { maker.setHeader(index, "Idempotency-Key", value) }
        return maker
    }

    @Test func `are quoted strings, the same on every attempt`() throws {
        #expect(try keyed().outcome(Self.check) == .held)
        #expect(try keyed("\"a\"", "\"a\"", "\"a\"").outcome(Self.check) == .held)
        #expect(try keyed("\"a\"", "\"b\"", "\"a\"").outcome(Self.check) == .violated)
    }

    @Test(arguments: ["a", "\"a", "\"\"", "\"a\"b\"", "\"a\\\"", "\"ä\"", "\"a\\b\"", "'a'"])
    func `are nothing else`(value: String) throws {
        #expect(try keyed(value, value, value).outcome(Self.check) == .violated)
    }

    @Test(arguments: ["\"a\\\"b\"", "\"a\\\\\"", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\""])
    func `may hold what is escaped`(value: String) throws {
        #expect(try keyed(value, value, value).outcome(Self.check) == .held)
    }

    @Test func `must be there, once`() throws {
        var maker = try keyed()
        maker.setHeader(1, "Idempotency-Key")
        #expect(maker.outcome(Self.check) == .violated)
        maker.setHeader(1, "Idempotency-Key", "\"a\"", "\"a\"")
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `belong to one event`() throws {
        var maker = try keyed("\"a\"", "\"a\"", "\"a\"")
        let next = maker.emit("thing.updated", at: .seconds(1500))
        maker.attempt(next, at: .seconds(1501))
        #expect(maker.outcome(Self.check) == .held)
        maker.setHeader(maker.history.attempts.count - 1, "Idempotency-Key", "\"a\"")
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `are only reported where none is stated`() throws {
        var maker = try HistoryMaker.delivered()
        #expect(maker.verdict(Self.check) == nil)
        maker.setHeader(0, "idempotency-key", "bare")
        #expect(maker.outcome(Self.check) == .unstated)
    }
}
