import Notation

extension LintFindings {
    /// Holds every event's example against the schema, and the events' names against each other.
    mutating func checkEvents() {
        if contract.events.isEmpty {
            error("the contract has no events", at: nil, help: "list at least one event under `events:`")
        }
        for (index, event) in contract.events.enumerated() {
            if let other = contract.events[..<index].first(where: { $0.sentName == event.sentName }) {
                error(
                    "`\(event.name)` and `\(other.name)` are sent under the same name, '\(event.sentName)'",
                    at: event.position,
                    help: "give each event a `wire_name` of its own"
                )
            }
            checkExample(of: event)
        }
    }

    private mutating func checkExample(of event: EventTerms) {
        guard let example = event.example else {
            error(
                "`\(event.name)` has no example",
                at: event.position,
                help: "name a readable JSON file under `example:`"
            )
            return
        }
        if let schema = contract.payloadSchema {
            for problem in schema.problems(in: Array(example.compact().utf8)) {
                error(
                    "the example of `\(event.name)` does not validate against \(schema.name): \(problem)",
                    at: event.position,
                    help: "correct \(event.examplePath) or the schema"
                )
            }
        }
        for field in contract.body.fields where field.role != .subject {
            checkRole(field, in: example, of: event)
        }
        if let field = contract.body.field(playing: .subject), contract.body.subject(in: example) == nil {
            error(
                "the example of `\(event.name)` has nothing at any of the places where the subject id is",
                at: event.position,
                help: "add it to \(event.examplePath), such as at \(field.pointer.text)"
            )
        }
    }

    private mutating func checkRole(_ field: FieldTerms, in example: JSONValue, of event: EventTerms) {
        guard let value = example[field.pointer] else {
            // What tells of an attempt is no part of the event.
            guard !contract.body.changingFields.contains(field) else { return }
            error(
                "the example of `\(event.name)` has nothing at \(field.pointer.text), where the \(field.role.rawValue) is",
                at: event.position,
                help: "add it to \(event.examplePath), or correct the field's place"
            )
            return
        }
        switch field.role {
        case .eventType where value.stringValue != event.sentName:
            error(
                "the example of `\(event.name)` says \(value.compact()) at \(field.pointer.text), where the event type is",
                at: event.position,
                help: "write \"\(event.sentName)\" in \(event.examplePath)"
            )
        case .occurredAt, .dispatchedAt:
            guard let form = field.timeForm, !form.fits(value.stringValue ?? "") else { return }
            error(
                "the example of `\(event.name)` has \(value.compact()) at \(field.pointer.text), which is not in the form"
                    + " `\(form.rawValue)`",
                at: event.position,
                help: form == .utc
                    ? "write it like \"2026-03-03T14:30:00.000Z\"" : "write it like \"2026-03-03T07:30:00-07:00\""
            )
        default: break
        }
    }

    /// Holds the names of events that other clauses mention against the list.
    mutating func checkNamedEvents() {
        for (index, gate) in contract.gates.enumerated() {
            if contract.gates[..<index].contains(where: { $0.name == gate.name }) {
                error(
                    "the gate `\(gate.name)` is listed twice",
                    at: gate.rule.position,
                    help: "give each gate a name of its own"
                )
            }
            checkNames(gate.events, by: "the gate `\(gate.name)` holds back", at: gate.rule.position)
        }
        for clause in contract.body.conditional {
            checkNames(clause.value?.onlyFor ?? [], by: "a conditional field is for", at: clause.position)
        }
        for clause in contract.body.watched {
            checkNames(clause.value?.triggers.map { [$0] } ?? [], by: "a watched list triggers", at: clause.position)
        }
        for clause in contract.body.forbidden {
            checkNames(clause.value?.events ?? [], by: "forbidden data is for", at: clause.position)
        }
        for clause in contract.body.substitutes {
            checkNames(clause.value.map { [$0.event] } ?? [], by: "a substitute is for", at: clause.position)
        }
        let once = contract.publication.once
        checkNames(once.value?.flatMap(\.events) ?? [], by: "a publication rule is for", at: once.position)
    }

    private mutating func checkNames(_ names: [String], by whom: String, at position: SourcePosition?) {
        let known = contract.events.map(\.name)
        for name in names where !known.contains(name) {
            error(
                "\(whom) '\(name)', which is no event of the contract",
                at: position,
                help: Suggestion.help(for: name, among: known, kind: "events") ?? "list the event under `events:`"
            )
        }
    }
}

extension TimeForm {
    /// Tells whether a time is written in this form: RFC 3339 with `Z` and milliseconds, or with an offset and whole seconds.
    package func fits(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let digits: [Int]
        let marks: [(Int, String)]
        switch self {
        case .utc:
            guard bytes.count == 24 else { return false }
            digits = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 22]
            marks = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")]
        case .offset:
            guard bytes.count == 25 else { return false }
            digits = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24]
            marks = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "+-"), (22, ":")]
        }
        return digits.allSatisfy { (0x30...0x39).contains(bytes[$0]) }
            && marks.allSatisfy { $1.utf8.contains(bytes[$0]) }
    }
}
