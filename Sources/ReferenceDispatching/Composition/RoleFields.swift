package import FoundationEssentials
package import Notation
package import WebhookContracts

/// What the dispatcher knows of an event and its body does not yet say.
package struct EventFacts: Sendable, Hashable {
    /// The event's name as it is sent.
    package var sentName: String
    /// The id receivers recognise the event by.
    package var eventID: String
    /// What triggered it; nil when that is left to the payload.
    package var source: String?
    /// The time now.
    package var now: Date

    /// Gathers the facts.
    package init(sentName: String, eventID: String, source: String?, now: Date) {
        self.sentName = sentName
        self.eventID = eventID
        self.source = source
        self.now = now
    }
}

extension BodyTerms {
    /// Gives a body whose fields of known roles are filled in.
    ///
    /// The event's name, id and time of dispatch are always the dispatcher's. The time of occurrence is the payload's
    /// when it has one, and the source is only set when the submission names it.
    ///
    /// - Throws: a `RequestRefusal` when the object that a field belongs in is missing from the payload.
    package func filling(_ payload: JSONValue, with facts: EventFacts) throws(RequestRefusal) -> JSONValue {
        var body = payload
        for field in fields where !field.clause.isUnstated && !field.clause.isNone {
            guard let value = value(of: field, in: body, facts) else { continue }
            guard let filled = body.setting(value, at: field.pointer) else {
                throw RequestRefusal("the payload has no object that could hold \(field.pointer.text)")
            }
            body = filled
        }
        return body
    }

    private func value(of field: FieldTerms, in body: JSONValue, _ facts: EventFacts) -> JSONValue? {
        let form = field.timeForm ?? .utc
        switch field.role {
        case .eventType:
            return .string(facts.sentName)
        case .eventID:
            return .string(facts.eventID)
        case .dispatchedAt:
            return .string(TimeText.text(facts.now, form: form))
        case .occurredAt:
            switch body[field.pointer] {
            case nil, .null?: return .string(TimeText.text(facts.now, form: form))
            default: return nil
            }
        case .source:
            return facts.source.map { .string($0) }
        case .attemptNumber, .attemptedAt, .subject:
            // What differs between attempts is filled in when one is made.
            return nil
        }
    }
}
