package import Notation

extension LintFindings {
    /// Holds the fields' roles against each other and against the body's format.
    mutating func checkFields() {
        let fields = contract.body.fields
        // The subject may stand in several places: its name often depends on the event.
        for (index, field) in fields.enumerated()
        where field.role != .subject && fields[..<index].contains(where: { $0.role == field.role }) {
            error(
                "two fields play the role `\(field.role.rawValue)`",
                at: field.clause.position,
                help: "keep the one that receivers are told to read"
            )
        }
        if contract.body.schema.isUnstated || contract.body.schema.isNone {
            warning(
                "no schema describes the body, so its shape is not checked",
                at: contract.body.schema.position,
                help: "write down what the documents show as a schema, inferred when it has to be"
            )
        }
        guard let format = contract.body.format.value else { return }
        let expected = format == .json ? "application/json" : "application/x-www-form-urlencoded"
        for header in contract.headers where header.name.lowercased() == "content-type" {
            guard case .mediaType(let type)? = header.value.value, type != expected else { continue }
            error(
                "the body is \(format.rawValue), but `\(header.name)` says '\(type)'",
                at: header.value.position,
                help: "write `media type \(expected)`, or correct `body.format`"
            )
        }
    }

    /// Holds the examples against what must, may and must not be in a body.
    mutating func checkBodyRules() {
        for event in contract.events {
            guard let example = event.example else { continue }
            for clause in contract.body.conditional {
                guard let field = clause.value, example[field.pointer] != nil, !field.allows(event.name, example) else {
                    continue
                }
                error(
                    "the example of `\(event.name)` has \(field.pointer.text), which may not be there",
                    at: clause.position,
                    help: "remove it from \(event.examplePath), or correct the condition"
                )
            }
            for clause in contract.body.watched {
                checkWatched(clause, in: example, of: event)
            }
            for clause in contract.body.forbidden {
                guard let forbidden = clause.value, forbidden.events.contains(event.name) else { continue }
                for name in forbidden.names where example.hasMember(named: name) {
                    error(
                        "the example of `\(event.name)` has a member `\(name)`, which is forbidden",
                        at: clause.position,
                        help: "remove it from \(event.examplePath), or allow it"
                    )
                }
            }
            checkPlaces(in: example, of: event)
        }
    }

    private mutating func checkWatched(_ clause: Clause<WatchedList>, in example: JSONValue, of event: EventTerms) {
        guard let watched = clause.value else { return }
        let entries = example[watched.list]?.items ?? []
        if event.name == watched.triggers, entries.isEmpty {
            error(
                "the example of `\(event.name)` has no entry at \(watched.list.text), of which there is at least one",
                at: clause.position,
                help: "add an entry to \(event.examplePath)"
            )
        }
        for entry in entries {
            let name = entry[watched.member]?.stringValue
            guard name.map({ !watched.values.contains($0) }) ?? true else { continue }
            error(
                "the example of `\(event.name)` names \(entry[watched.member]?.compact() ?? "nothing") at"
                    + " \(watched.list.text), which is not watched",
                at: clause.position,
                help: "the watched values are " + watched.values.map { "`\($0)`" }.joined(separator: ", ")
            )
        }
    }

    /// Looks for the places that rules about an event name.
    private mutating func checkPlaces(in example: JSONValue, of event: EventTerms) {
        for clause in contract.body.substitutes {
            guard let substitute = clause.value, substitute.event == event.name else { continue }
            if example[substitute.pointer] == nil {
                missing(substitute.pointer, "a substitute stands in for", of: event, at: clause.position)
            }
        }
        let once = contract.publication.once
        for rule in once.value ?? [] where rule.events.contains(event.name) {
            for pointer in rule.key where example[pointer] == nil {
                missing(pointer, "a publication rule goes by", of: event, at: once.position)
            }
        }
        for pointer in contract.dedup.value?.fields ?? [] where example[pointer] == nil {
            missing(pointer, "receivers deduplicate by", of: event, at: contract.dedup.position)
        }
    }

    private mutating func missing(
        _ pointer: JSONPointer,
        _ use: String,
        of event: EventTerms,
        at position: SourcePosition?
    ) {
        error(
            "\(use) \(pointer.text), but the example of `\(event.name)` has nothing there",
            at: position,
            help: "add it to \(event.examplePath), or correct the pointer"
        )
    }
}

extension ConditionalField {
    /// Tells whether the field may be in a body of an event.
    package func allows(_ event: String, _ body: JSONValue) -> Bool {
        if let onlyFor, !onlyFor.contains(event) { return false }
        if let onlyWhen, body[onlyWhen.pointer]?.stringValue != onlyWhen.equals { return false }
        return true
    }
}

extension JSONValue {
    /// Tells whether an object at any depth has a member of this name.
    package func hasMember(named name: String) -> Bool {
        switch self {
        case .array(let items): items.contains { $0.hasMember(named: name) }
        case .object(let members): members.contains { $0.name == name || $0.value.hasMember(named: name) }
        default: false
        }
    }
}
