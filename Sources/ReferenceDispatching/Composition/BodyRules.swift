package import Notation
package import WebhookContracts

extension BodyTerms {
    /// Gives a body without the list entries that name nothing watched; nil when the event does not happen at all.
    ///
    /// An event that a watched list triggers happens only when an entry is left; for other events the list stays as it
    /// is, since it is another rule's affair whether they may have it.
    package func watchedOnly(_ body: JSONValue, event: String) -> JSONValue? {
        var body = body
        for rule in watched.compactMap(\.value) {
            let entries = body[rule.list]?.items ?? []
            let kept = entries.filter { rule.values.contains($0[rule.member]?.stringValue ?? "") }
            if rule.triggers == event, kept.isEmpty { return nil }
            guard kept.count < entries.count else { continue }
            body = kept.isEmpty ? body.removing(at: rule.list) : body.setting(.array(kept), at: rule.list) ?? body
        }
        return body
    }

    /// Gives a body without the fields whose condition does not hold.
    package func conditionsKept(_ body: JSONValue, event: String) -> JSONValue {
        conditional.compactMap(\.value).reduce(body) { body, field in
            let isOfEvent = field.onlyFor?.contains(event) ?? true
            let holds = field.onlyWhen.map { body[$0.pointer]?.stringValue == $0.equals } ?? true
            return isOfEvent && holds ? body : body.removing(at: field.pointer)
        }
    }

    /// Gives a body without the members that must not be sent for this event, however deep they are.
    package func forbiddenRemoved(_ body: JSONValue, event: String) -> JSONValue {
        let names = forbidden.compactMap(\.value)
            .filter { $0.events.isEmpty || $0.events.contains(event) }
            .flatMap(\.names)
        return names.isEmpty ? body : body.removing(members: Set(names))
    }

    /// Gives a body in which fields without a value (absent, null, empty text) have the text that stands for that.
    package func substituted(_ body: JSONValue, event: String) -> JSONValue {
        substitutes.compactMap(\.value).filter { $0.event == event }.reduce(body) { body, rule in
            switch body[rule.pointer] {
            case nil, .null?, .string("")?: body.setting(.string(rule.text), at: rule.pointer) ?? body
            default: body
            }
        }
    }
}

extension JSONValue {
    /// Gives the value without the members of any of these names, at any depth.
    package func removing(members names: Set<String>) -> JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.filter { !names.contains($0.name) }
                    .map { JSONMember(name: $0.name, value: $0.value.removing(members: names)) }
            )
        case .array(let items): .array(items.map { $0.removing(members: names) })
        default: self
        }
    }
}
