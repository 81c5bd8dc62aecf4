package import Notation

/// What the body of a delivery is made of.
package struct BodyTerms: Sendable, Hashable {
    package var format: Clause<BodyFormat>
    /// The JSON Schema (draft-07) of the envelope, as a path beside the contract file.
    package var schema: Clause<String>
    /// Which field plays which part.
    package var fields: [FieldTerms]
    /// Fields that may appear only under a condition.
    package var conditional: [Clause<ConditionalField>]
    /// Lists whose entries must name one of a few values.
    package var watched: [Clause<WatchedList>]
    /// Data that must never be sent.
    package var forbidden: [Clause<ForbiddenData>]
    /// Values that stand for an empty field.
    package var substitutes: [Clause<Substitute>]
    /// How bodies are packed on the wire (`Content-Encoding`, RFC 9110 section 8.4).
    package var coding: Clause<BodyCoding>

    /// Makes body terms from their parts; what is left out is unstated.
    package init(
        format: Clause<BodyFormat> = .unstated,
        schema: Clause<String> = .unstated,
        fields: [FieldTerms] = [],
        conditional: [Clause<ConditionalField>] = [],
        watched: [Clause<WatchedList>] = [],
        forbidden: [Clause<ForbiddenData>] = [],
        substitutes: [Clause<Substitute>] = [],
        coding: Clause<BodyCoding> = .unstated
    ) {
        self.format = format
        self.schema = schema
        self.fields = fields
        self.conditional = conditional
        self.watched = watched
        self.forbidden = forbidden
        self.substitutes = substitutes
        self.coding = coding
    }

    /// The field that plays `role`, or `nil`.
    package func field(playing role: FieldRole) -> FieldTerms? {
        fields.first { $0.role == role }
    }

    /// The fields whose value is another one on each attempt of a delivery.
    package var changingFields: [FieldTerms] {
        fields.filter { $0.role == .attemptNumber || $0.role == .attemptedAt }
    }

    /// The id of the thing a body is about: the first that is there, of the fields that play the role.
    package func subject(in body: JSONValue) -> JSONValue? {
        fields.lazy.filter { $0.role == .subject }.compactMap { body[$0.pointer] }.first
    }
}

/// How the body is written.
package enum BodyFormat: String, Sendable, Hashable, CaseIterable {
    case json
    /// `application/x-www-form-urlencoded`, nested names in brackets: `data[topic]=…`.
    case form
}

/// How bodies are packed on the wire.
package enum BodyCoding: String, Sendable, Hashable, CaseIterable {
    /// RFC 1952, as `Content-Encoding: gzip` announces it.
    case gzip
}

/// One field of the envelope and the part it plays.
package struct FieldTerms: Sendable, Hashable {
    package var role: FieldRole
    package var pointer: JSONPointer
    /// How a time is written; `nil` for other roles.
    package var timeForm: TimeForm?
    package var clause: Clause<JSONPointer>

    /// Makes field terms from their parts.
    package init(role: FieldRole, pointer: JSONPointer, timeForm: TimeForm?, clause: Clause<JSONPointer>) {
        self.role = role
        self.pointer = pointer
        self.timeForm = timeForm
        self.clause = clause
    }
}

/// The part a field of the envelope plays.
///
/// The dispatcher fills these; everything else comes with the event.
package enum FieldRole: String, Sendable, Hashable, CaseIterable {
    case eventType = "event type"
    case eventID = "event id"
    /// When the thing happened.
    case occurredAt = "occurred at"
    /// When the event was dispatched.
    case dispatchedAt = "dispatched at"
    /// The number of the attempt, which changes the body from attempt to attempt.
    case attemptNumber = "attempt number"
    /// When the attempt began, which changes the body from attempt to attempt.
    case attemptedAt = "attempted at"
    /// `ui`, `api`, …: what triggered the event.
    case source
    /// Identifies the thing the event is about. It comes with the event.
    case subject = "subject id"
}

/// How a time is written (both are RFC 3339).
package enum TimeForm: String, Sendable, Hashable, CaseIterable {
    /// With `Z` and milliseconds.
    case utc
    /// With a numeric offset and whole seconds.
    case offset
}

/// A field that may appear only under a condition.
package struct ConditionalField: Sendable, Hashable {
    package var pointer: JSONPointer
    /// The events it may appear in; `nil` means any.
    package var onlyFor: [String]?
    /// The field and text that must hold for it to appear; `nil` means no such condition.
    package var onlyWhen: FieldCondition?

    /// Makes a conditional field from its parts.
    package init(pointer: JSONPointer, onlyFor: [String]?, onlyWhen: FieldCondition?) {
        self.pointer = pointer
        self.onlyFor = onlyFor
        self.onlyWhen = onlyWhen
    }
}

/// Says that a field holds a text.
package struct FieldCondition: Sendable, Hashable {
    package var pointer: JSONPointer
    package var equals: String

    /// Makes a field condition from its parts.
    package init(pointer: JSONPointer, equals: String) {
        self.pointer = pointer
        self.equals = equals
    }
}

/// A list whose entries name, in one member, one of a few values.
package struct WatchedList: Sendable, Hashable {
    package var list: JSONPointer
    package var member: String
    package var values: [String]
    /// The event that happens only when at least one watched value is in the list; `nil` when none does.
    package var triggers: String?

    /// Makes a watched list from its parts.
    package init(list: JSONPointer, member: String, values: [String], triggers: String?) {
        self.list = list
        self.member = member
        self.values = values
        self.triggers = triggers
    }
}

/// Member names that must not appear anywhere in the bodies of some events.
package struct ForbiddenData: Sendable, Hashable {
    package var events: [String]
    package var names: [String]

    /// Makes forbidden data from its parts.
    package init(events: [String], names: [String]) {
        self.events = events
        self.names = names
    }
}

/// The text that stands in a field when there is no value for it.
package struct Substitute: Sendable, Hashable {
    package var event: String
    package var pointer: JSONPointer
    package var text: String

    /// Makes a substitute from its parts.
    package init(event: String, pointer: JSONPointer, text: String) {
        self.event = event
        self.pointer = pointer
        self.text = text
    }
}
