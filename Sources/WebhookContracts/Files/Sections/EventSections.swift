import Notation

extension ContractReader {
    /// Reads the event types with their example bodies.
    mutating func events() -> [EventTerms] {
        let clauses = clauses
        var files = files
        let events: [EventTerms] = items("events") { node in
            guard var item = Self.item(node, what: "an event", log: clauses.log) else { return nil }
            let name = item.required("name", as: TermForm<String>.eventName)
            let wireName: Clause<String> = Self.clause(
                "wire_name",
                in: &item,
                of: "events",
                clauses: clauses,
                as: .eventName
            )
            let occasion: Clause<String> = Self.clause(
                "occasion",
                in: &item,
                of: "events",
                clauses: clauses,
                as: .sentence
            )
            let path = item.required("example", as: TermForm<String>.path)
            let pathPosition = item.mapping["example"]?.position
            item.finish()
            guard let name, let path else { return nil }
            return EventTerms(
                name: name,
                wireName: wireName,
                occasion: occasion,
                examplePath: path,
                example: files.json(path, namedAt: pathPosition, log: clauses.log),
                position: node.position
            )
        }
        self.files = files
        for (index, event) in events.enumerated() where events[..<index].contains(where: { $0.name == event.name }) {
            log.error("the event `\(event.name)` is listed twice", at: event.position, help: "remove one of the two")
        }
        return events
    }

    /// Reads how occurrences become events.
    mutating func publication() -> PublicationTerms {
        var section = section("publication")
        defer { section.finish() }
        return PublicationTerms(once: section.clause("once", as: .publicationRules))
    }

    /// Reads what the body is made of.
    mutating func body() -> BodyTerms {
        var section = section("body")
        defer { section.finish() }
        let clauses = clauses
        return BodyTerms(
            format: section.clause("format", as: .word),
            schema: section.clause("schema", as: .path),
            fields: section.list("fields") { Self.field($0, clauses: clauses) },
            conditional: section.clauseList("conditional", as: .conditionalField),
            watched: section.clauseList("watched", as: .watchedList),
            forbidden: section.clauseList("forbidden", as: .forbiddenData),
            substitutes: section.clauseList("substitutes", as: .substitute),
            coding: section.optional("coding", as: .word)
        )
    }

    private static func field(_ node: YAMLNode, clauses: ClauseReader) -> FieldTerms? {
        guard var item = item(node, what: "a field", log: clauses.log) else { return nil }
        let role = item.required("role", as: TermForm<FieldRole>.word)
        let form = TermForm<TimeForm>.word.read(&item, "form")
        let at: Clause<JSONPointer> = clause("at", in: &item, of: "body.fields", clauses: clauses, as: .pointer)
        let isTime = role == .occurredAt || role == .dispatchedAt || role == .attemptedAt
        if let role, isTime, item.mapping["form"] == nil {
            clauses.log.error(
                "the field that says `\(role.rawValue)` does not say how the time is written",
                at: node.position,
                help: "add `form: utc` or `form: offset`"
            )
        }
        if let role, !isTime, form != nil {
            clauses.log.error(
                "`form` is for times, and `\(role.rawValue)` is none",
                at: item.keyPosition("form"),
                help: "leave `form` out"
            )
        }
        item.finish()
        guard let role else { return nil }
        guard let pointer = at.value else {
            if let node = item.mapping["at"], ClauseReader.isUnstated(node) || at.isNone {
                clauses.log.error(
                    "a field without a place says nothing",
                    at: node.position,
                    help: "leave the field out"
                )
            }
            return nil
        }
        return FieldTerms(role: role, pointer: pointer, timeForm: form, clause: at)
    }
}
