import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of names and ids` {
    @Test func `hold where names and ids are right`() throws {
        let maker = try HistoryMaker.delivered()
        for check: CheckID in ["event.names", "event.name-agrees", "event.name-unquoted", "event.id-agrees"] {
            #expect(maker.outcome(check) == .held, "\(check)")
        }
    }

    @Test func `are violated by another name in header or body`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.setHeader(0, "X-Event", "Thing.Created")
        #expect(other.outcome("event.names") == .violated)
        #expect(other.outcome("event.name-agrees") == .violated)
        other = maker
        try other.editBody(0) { $0.setting(.string("thing.updated"), at: JSONPointer(tokens: ["event"])) ?? $0 }
        #expect(other.outcome("event.names") == .violated)
        #expect(other.outcome("event.name-agrees") == .violated)
    }

    @Test func `are violated by a stray request with an unknown name`() throws {
        var maker = try HistoryMaker.delivered()
        maker.attempt("e1", at: .seconds(5))
        maker.setBody(1, Array(#"{"event":"thing.exploded","id":"x"}"#.utf8))
        maker.setHeader(1, "X-Event-Id", "x")
        maker.setHeader(1, "X-Event", "thing.exploded")
        #expect(maker.context.strayAttempts.count == 1)
        #expect(maker.outcome("event.names") == .violated)
    }

    @Test func `report unstated names`() throws {
        let nameless = try HistoryMaker.delivered { contract in
            for index in contract.events.indices { contract.events[index].wireName = .unstated }
        }
        #expect(nameless.outcome("event.names") == .unstated)
        let placeless = try HistoryMaker.delivered { contract in
            contract.headers.removeAll { $0.name == "X-Event" }
            contract.body.fields.removeAll { $0.role == .eventType }
        }
        #expect(placeless.outcome("event.names") == .unstated)
        #expect(placeless.verdict("event.name-agrees") == nil)
        #expect(placeless.verdict("event.name-unquoted") == nil)
    }

    @Test func `want quotes only where they are promised`() throws {
        var maker = try HistoryMaker.delivered()
        maker.setHeader(0, "X-Event", "\"thing.created\"")
        #expect(maker.outcome("event.name-unquoted") == .violated)
        let index = try #require(maker.contract.headers.firstIndex { $0.name == "X-Event" })
        maker.contract.headers[index].value = SampleContract.stated(.quotedEventType)
        #expect(maker.outcome("event.name-unquoted") == .held)
        #expect(maker.outcome("event.name-agrees") == .held)
        maker.setHeader(0, "X-Event", "thing.created")
        #expect(maker.outcome("event.name-unquoted") == .violated)
    }

    @Test func `are violated by ids that differ or are missing in the body`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        other.setHeader(0, "X-Event-Id", "another")
        #expect(other.outcome("event.id-agrees") == .violated)
        other = maker
        try other.editBody(0) { $0.removing(at: JSONPointer(tokens: ["id"])) }
        #expect(other.outcome("event.id-agrees") == .violated)
        other.contract.body.fields.removeAll { $0.role == .eventID }
        #expect(other.verdict("event.id-agrees") == nil)
    }
}
