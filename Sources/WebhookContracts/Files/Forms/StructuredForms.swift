import Notation

extension TermForm {
    /// A value of several keys, read by a function that has a reader of the mapping.
    static func structure(
        _ what: String,
        _ read: @escaping @Sendable (inout MappingReader) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) -> Self {
        Self(
            read: { reader, key in
                guard let mapping = reader.mapping(key) else { return nil }
                var inner = MappingReader(mapping, log: reader.log, what: what)
                let value = read(&inner)
                inner.finish()
                return value
            },
            write: write
        )
    }
}

extension MappingReader {
    /// The value of a key that has to be there, in its form.
    mutating func required<Value>(_ key: String, as form: TermForm<Value>) -> Value? {
        guard required(key) != nil else { return nil }
        return form.read(&self, key)
    }
}

extension TermForm where Value == [String] {
    /// Names; a single one is a list of one.
    static var names: Self { .list(of: { text throws(NotationError) in text }, write: { $0 }) }
}

extension TermForm where Value == [JSONPointer] {
    /// JSON pointers; a single one is a list of one.
    static var pointers: Self {
        .list(of: { text throws(NotationError) in try JSONPointer(text) }, write: { $0.text })
    }
}

extension TermForm where Value == ConditionalField {
    /// `{ field: /changes, only_for: [job.updated] }` or `{ field: /user, only_when: { field: /source, equals: ui } }`.
    static var conditionalField: Self {
        let condition = TermForm<FieldCondition>.structure("a condition") { reader in
            let pointer = reader.required("field", as: TermForm<JSONPointer>.pointer)
            let text = reader.required("equals", as: TermForm<String>.sentence)
            guard let pointer, let text else { return nil }
            return FieldCondition(pointer: pointer, equals: text)
        } write: {
            "\($0.pointer.text) is \"\($0.equals)\""
        }
        return structure("a conditional field") { reader in
            let pointer = reader.required("field", as: TermForm<JSONPointer>.pointer)
            let events = TermForm<[String]>.names.read(&reader, "only_for")
            let when = condition.read(&reader, "only_when")
            if reader.mapping["only_for"] == nil, reader.mapping["only_when"] == nil {
                reader.log.error(
                    "the conditional field has no condition",
                    at: reader.mapping.position,
                    help: "add `only_for:` with events or `only_when:` with a field and a text"
                )
            }
            return pointer.map { ConditionalField(pointer: $0, onlyFor: events, onlyWhen: when) }
        } write: { field in
            var text = field.pointer.text
            if let events = field.onlyFor { text += " only for \(events.joined(separator: ", "))" }
            if let when = field.onlyWhen { text += " only when \(condition.write(when))" }
            return text
        }
    }
}

extension TermForm where Value == WatchedList {
    /// `{ list: /changes, member: field, values: […], triggers: job.updated }`; `triggers` may be left out.
    static var watchedList: Self {
        structure("a watched list") { reader in
            let list = reader.required("list", as: TermForm<JSONPointer>.pointer)
            let member = reader.required("member", as: TermForm<String>.sentence)
            let values = reader.required("values", as: TermForm<[String]>.names)
            let triggers = TermForm<String>.sentence.read(&reader, "triggers")
            guard let list, let member, let values else { return nil }
            return WatchedList(list: list, member: member, values: values, triggers: triggers)
        } write: { watched in
            let values = watched.values.joined(separator: ", ")
            let what = "entries of \(watched.list.text) name in `\(watched.member)` one of \(values)"
            return what + (watched.triggers.map { "; at least one makes \($0)" } ?? "")
        }
    }
}

extension TermForm where Value == ForbiddenData {
    /// `{ events: [rep.assigned], names: [repEmail] }`.
    static var forbiddenData: Self {
        structure("forbidden data") { reader in
            let events = reader.required("events", as: TermForm<[String]>.names)
            let names = reader.required("names", as: TermForm<[String]>.names)
            guard let events, let names else { return nil }
            return ForbiddenData(events: events, names: names)
        } write: {
            "\($0.events.joined(separator: ", ")) never has \($0.names.joined(separator: ", "))"
        }
    }
}

extension TermForm where Value == Substitute {
    /// `{ event: rep.assigned, at: /data/fieldRepName, text: Awaiting reassignment }`.
    static var substitute: Self {
        structure("a substitute") { reader in
            let event = reader.required("event", as: TermForm<String>.sentence)
            let pointer = reader.required("at", as: TermForm<JSONPointer>.pointer)
            let text = reader.required("text", as: TermForm<String>.sentence)
            guard let event, let pointer, let text else { return nil }
            return Substitute(event: event, pointer: pointer, text: text)
        } write: {
            "\($0.event) has \"\($0.text)\" at \($0.pointer.text) when there is no value"
        }
    }
}

extension TermForm where Value == [PublicationRule] {
    /// `{ events: [ticket.created], key: /resourceId }`.
    static var publicationRules: Self {
        structure("a publication rule") { reader in
            let events = reader.required("events", as: TermForm<[String]>.names)
            let key = reader.required("key", as: TermForm<[JSONPointer]>.pointers)
            guard let events, let key else { return nil }
            return [PublicationRule(events: events, key: key)]
        } write: { rules in
            rules.map { rule in
                "\(rule.events.joined(separator: ", ")) once for each \(rule.key.map(\.text).joined(separator: " + "))"
            }
            .joined(separator: "; ")
        }
    }
}

extension TermForm where Value == DedupKey {
    /// `{ header: x-event-id, fields: [/id] }`; one of the two may be left out.
    static var dedupKey: Self {
        structure("a dedup key") { reader in
            let header = TermForm<String>.headerName.read(&reader, "header")
            let fields = TermForm<[JSONPointer]>.pointers.read(&reader, "fields") ?? []
            if reader.mapping["header"] == nil, reader.mapping["fields"] == nil {
                reader.log.error(
                    "the dedup key names neither a header nor body fields",
                    at: reader.mapping.position,
                    help: "add `header:` or `fields:`"
                )
            }
            return DedupKey(header: header, fields: fields)
        } write: { key in
            let fields = key.fields.map(\.text).joined(separator: " + ")
            return ([key.header.map { "header \($0)" }, fields.isEmpty ? nil : "body \(fields)"].compactMap(\.self))
                .joined(separator: ", ")
        }
    }
}

extension TermForm where Value == DeliveryLogTerms {
    /// `{ event: [id, url], attempt: [status] }`; either may be `unstated`.
    static var deliveryLog: Self {
        let fields = TermForm<[LogField]>.words()
        let read: @Sendable (inout MappingReader, String) -> [LogField]? = { reader, key in
            guard let node = reader.required(key) else { return nil }
            if case .scalar(let scalar) = node, scalar.text == "unstated", !scalar.isQuoted { return [] }
            return fields.read(&reader, key)
        }
        return structure("a delivery log") { reader in
            let event = read(&reader, "event")
            let attempt = read(&reader, "attempt")
            guard let event, let attempt else { return nil }
            return DeliveryLogTerms(event: event, attempt: attempt)
        } write: { log in
            "per event: \(fields.write(log.event)); per attempt: \(fields.write(log.attempt))"
        }
    }
}
