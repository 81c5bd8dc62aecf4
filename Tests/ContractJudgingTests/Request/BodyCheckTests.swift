import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of bodies` {
    @Test func `hold for a right body`() throws {
        let maker = try HistoryMaker.delivered()
        for check: CheckID in ["body.time-field-name", "body.schema", "body.times", "body.preserved"] {
            #expect(maker.outcome(check) == .held, "\(check)")
        }
        #expect(maker.verdict("body.conditional-fields") == nil)
        #expect(maker.verdict("body.forbidden-data") == nil)
    }

    @Test func `are violated by another spelling of a time's name`() throws {
        let maker = try HistoryMaker.delivered()
        var other = maker
        try other.editBody(0) { $0.setting(.string("x"), at: JSONPointer(tokens: ["occuredAt"])) ?? $0 }
        #expect(other.verdict("body.time-field-name")?.summary == "Both 'occurredAt' and 'occuredAt' are there.")
        try other.editBody(0) { $0.removing(at: JSONPointer(tokens: ["occurredAt"])) }
        #expect(other.outcome("body.time-field-name") == .violated)
        try other.editBody(0) { $0.removing(at: JSONPointer(tokens: ["occuredAt"])) }
        #expect(other.verdict("body.time-field-name")?.summary == "There is no time at /occurredAt.")
        other = try HistoryMaker.delivered { $0.body.fields = [] }
        #expect(other.outcome("body.time-field-name") == .unstated)
        #expect(other.verdict("body.times") == nil)
    }

    @Test func `are violated by a body that departs from the schema`() throws {
        var maker = try HistoryMaker.delivered()
        try maker.editBody(0) { $0.setting(.null, at: JSONPointer(tokens: ["thing"])) ?? $0 }
        #expect(maker.outcome("body.schema") == .violated)
        maker.setBody(0, Array("{".utf8))
        #expect(maker.outcome("body.schema") == .violated)
        maker.doctor(0) { $0.bodyRedacted = true }
        #expect(maker.outcome("body.schema") == .inconclusive)
        maker.contract.body.schema = .unstated
        #expect(maker.outcome("body.schema") == .unstated)
    }

    @Test(arguments: [
        "2026-03-03 14:00:01Z", "2026-03-03T14:00:01Z", "2026-03-03T14:00:01.000+00:00", "2026-02-30T14:00:01.000Z",
        "2026-03-03T15:00:01.000Z", "2026-03-03T13:00:01.000Z", "1772546401", "",
    ])
    func `are violated by a time of dispatch that is ill-formed or does not fit`(text: String) throws {
        var maker = try HistoryMaker.delivered()
        try maker.editBody(0) { $0.setting(.string(text), at: JSONPointer(tokens: ["sentAt"])) ?? $0 }
        #expect(maker.outcome("body.times") == .violated)
    }

    @Test func `are violated by a time that is no text`() throws {
        var maker = try HistoryMaker.delivered()
        try maker.editBody(0) { $0.setting(.number("1772546401"), at: JSONPointer(tokens: ["sentAt"])) ?? $0 }
        #expect(maker.verdict("body.times")?.summary == "/sentAt is a number, not a time as text.")
        #expect(maker.outcome("body.times") == .violated)
    }

    @Test func `are violated by an event dispatched before it was handed over`() throws {
        var contract = try SampleContract.make()
        contract.body.fields.removeAll { $0.role == .occurredAt }
        var maker = HistoryMaker(contract: contract)
        maker.emit(at: .seconds(60))
        maker.attempt("e1", at: .seconds(61))
        #expect(maker.outcome("body.times") == .held)
        try maker.editBody(0) { body in
            let time = JSONValue.string(HistoryMaker.clock(.seconds(50)))
            return body.setting(time, at: JSONPointer(tokens: ["sentAt"])) ?? body
        }
        #expect(maker.verdict("body.times")?.summary.contains("10s before the event was handed over") == true)
        #expect(maker.outcome("body.times") == .violated)
    }

    @Test func `want an offset in whole seconds where that is the form`() throws {
        var maker = try HistoryMaker.delivered { contract in
            for index in contract.body.fields.indices where contract.body.fields[index].timeForm != nil {
                contract.body.fields[index].timeForm = .offset
            }
        }
        #expect(maker.outcome("body.times") == .held)
        try maker.editBody(0) { body in
            let time = JSONValue.string("2026-03-03T08:00:01-06:00")
            return body.setting(time, at: JSONPointer(tokens: ["occurredAt"])) ?? body
        }
        #expect(maker.outcome("body.times") == .held)
        try maker.editBody(0) { body in
            let time = JSONValue.string("2026-03-03T14:00:01Z")
            return body.setting(time, at: JSONPointer(tokens: ["occurredAt"])) ?? body
        }
        #expect(maker.outcome("body.times") == .violated)
    }

    @Test func `are violated by an event dispatched before it occurred`() throws {
        var maker = try HistoryMaker.delivered()
        try maker.editBody(0) { body in
            let time = JSONValue.string("2026-03-03T14:00:02.500Z")
            return body.setting(time, at: JSONPointer(tokens: ["occurredAt"])) ?? body
        }
        #expect(maker.verdict("body.times")?.summary.contains("1.5s before the event occurred") == true)
        maker.contract.body.fields = try maker.contract.body.fields.map { field in
            var field = field
            field.clause = .unstated
            field.pointer = try pointer(field.pointer.text)
            return field
        }
        #expect(maker.outcome("body.times") == .unstated)
    }

    @Test(arguments: [
        (#""count":12.50"#, #""count":12.5"#), ("Ümlaut", "Umlaut"), (#""reference":"unique-e1","#, ""),
        (#"{"name":"Ümlaut","count":12.50}"#, #"{"count":12.50,"name":"Ümlaut"}"#),
    ])
    func `are violated by changed, dropped or reordered data`(old: String, new: String) throws {
        var maker = try HistoryMaker.delivered()
        let text = maker.history.attempts[0].arrived.body.text
        #expect(text.contains(old))
        maker.setBody(0, Array(text.replacing(old, with: new).utf8))
        #expect(maker.outcome("body.preserved") == .violated)
    }

    @Test func `do not mind another spelling of the same text`() throws {
        var maker = try HistoryMaker.delivered()
        let text = maker.history.attempts[0].arrived.body.text
        maker.setBody(0, Array(text.replacing("Ü", with: #"\u00dc"#).utf8))
        #expect(maker.outcome("body.preserved") == .held)
        let verdict = try #require(maker.verdict("body.preserved"))
        #expect(verdict.summary.hasSuffix("(inferred)"))
        #expect(verdict.inferredBecause != nil)
    }

    @Test func `are violated by a conditional field in the wrong event`() throws {
        let changes = ConditionalField(pointer: try pointer("/changes"), onlyFor: ["thing.updated"], onlyWhen: nil)
        var maker = try HistoryMaker.delivered { $0.body.conditional = [SampleContract.stated(changes)] }
        #expect(maker.outcome("body.conditional-fields") == .held)
        try maker.editBody(0) { $0.setting(.array([]), at: JSONPointer(tokens: ["changes"])) ?? $0 }
        #expect(maker.outcome("body.conditional-fields") == .violated)
        maker.contract.body.conditional = [.unstated]
        #expect(maker.outcome("body.conditional-fields") == .unstated)
    }

    @Test func `are violated by a conditional field whose condition is not met`() throws {
        let condition = FieldCondition(pointer: try pointer("/source"), equals: "ui")
        let user = ConditionalField(pointer: try pointer("/user"), onlyFor: nil, onlyWhen: condition)
        var maker = try HistoryMaker.delivered { $0.body.conditional = [SampleContract.stated(user)] }
        try maker.editBody(0) { body in
            let withUser = body.setting(.number("7"), at: JSONPointer(tokens: ["user"])) ?? body
            return withUser.setting(.string("ui"), at: JSONPointer(tokens: ["source"])) ?? withUser
        }
        #expect(maker.outcome("body.conditional-fields") == .held)
        try maker.editBody(0) { $0.setting(.string("api"), at: JSONPointer(tokens: ["source"])) ?? $0 }
        #expect(maker.outcome("body.conditional-fields") == .violated)
    }

    @Test func `are violated by a watched list that names something else`() throws {
        let watched = WatchedList(
            list: try pointer("/changes"),
            member: "field",
            values: ["name"],
            triggers: "thing.updated"
        )
        var maker = try HistoryMaker.delivered("thing.updated") { $0.body.watched = [SampleContract.stated(watched)] }
        #expect(maker.outcome("body.conditional-fields") == .violated)
        let right = try json(#"[{"field":"name"}]"#)
        try maker.editBody(0) { $0.setting(right, at: JSONPointer(tokens: ["changes"])) ?? $0 }
        #expect(maker.outcome("body.conditional-fields") == .held)
        let wrong = try json(#"[{"field":"name"},{"field":"count"}]"#)
        try maker.editBody(0) { $0.setting(wrong, at: JSONPointer(tokens: ["changes"])) ?? $0 }
        #expect(maker.outcome("body.conditional-fields") == .violated)
        #expect(maker.verdict("body.conditional-fields")?.summary == "/changes names 'count', which is not watched.")
    }

    @Test func `are violated by forbidden data at any depth`() throws {
        let rule = ForbiddenData(events: ["thing.created"], names: ["email"])
        var maker = try HistoryMaker.delivered { $0.body.forbidden = [SampleContract.stated(rule)] }
        #expect(maker.outcome("body.forbidden-data") == .held)
        let people = try json(#"[{"name":"A"},{"eMail":"a@example.com"}]"#)
        try maker.editBody(0) { $0.setting(people, at: JSONPointer(tokens: ["people"])) ?? $0 }
        let verdict = try #require(maker.verdict("body.forbidden-data"))
        #expect(verdict.outcome == .violated)
        #expect(verdict.summary.contains("/people/1/eMail"))
        #expect(!verdict.summary.contains("example.com"))
        maker.contract.body.forbidden = [.unstated]
        #expect(maker.outcome("body.forbidden-data") == .unstated)
    }

    @Test func `let an object go that held forbidden data, and no other`() throws {
        let rule = ForbiddenData(events: ["thing.created"], names: ["email"])
        var contract = try SampleContract.make()
        contract.body.forbidden = [SampleContract.stated(rule)]
        var maker = HistoryMaker(contract: contract)
        let data = try json(#"{"rep":{"name":"A","email":"a@example.com"},"site":{"name":"B"}}"#)
        maker.emit(adding: [JSONMember(name: "data", value: data)])
        maker.attempt("e1", at: .seconds(2))
        try maker.editBody(0) { $0.removing(at: JSONPointer(tokens: ["data", "rep"])) }
        #expect(maker.outcome("body.preserved") == .held)
        try maker.editBody(0) { $0.removing(at: JSONPointer(tokens: ["data", "site"])) }
        #expect(maker.outcome("body.preserved") == .violated)
    }

    @Test func `want the substitute in place of an empty field`() throws {
        let rule = Substitute(event: "thing.created", pointer: try pointer("/owner"), text: "Nobody yet")
        var contract = try SampleContract.make()
        contract.body.substitutes = [SampleContract.stated(rule)]
        var maker = HistoryMaker(contract: contract)
        maker.emit(adding: [JSONMember(name: "owner", value: .null)])
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("body.forbidden-data") == .violated)
        try maker.editBody(0) { $0.setting(.string("Nobody yet"), at: JSONPointer(tokens: ["owner"])) ?? $0 }
        #expect(maker.outcome("body.forbidden-data") == .held)
        #expect(maker.outcome("body.preserved") == .held)
    }
}
