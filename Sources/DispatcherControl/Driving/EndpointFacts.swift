package import Notation

/// What the dispatcher is told about an endpoint.
///
/// Secrets are in the clear: never log it.
package struct EndpointFacts: Sendable {
    package var name: String
    package var url: String
    /// The contract's names of the events it is subscribed to; `nil` means all.
    package var events: [String]?
    package var secret: String?
    package var user: String?
    package var password: String?
    package var source: String?
    /// Headers of its owner's own, by name and value.
    package var headers: [(name: String, value: String)] = []

    package init(
        name: String,
        url: String,
        events: [String]?,
        secret: String?,
        user: String?,
        password: String?,
        source: String?
    ) {
        self.name = name
        self.url = url
        self.events = events
        self.secret = secret
        self.user = user
        self.password = password
        self.source = source
    }

    var placeholders: Placeholders {
        var values = Placeholders([
            "endpoint": .string(name),
            "url": .string(url),
        ])
        values["events"] = events.map { .array($0.map { .string($0) }) }
        values["secret"] = secret.map { .string($0) }
        values["user"] = user.map { .string($0) }
        values["password"] = password.map { .string($0) }
        values["event_source"] = source.map { .string($0) }
        values["headers"] =
            headers.isEmpty
            ? nil : .object(headers.map { JSONMember(name: $0.name, value: .string($0.value)) })
        return values
    }
}

/// What the dispatcher is told about an event.
package struct EventFacts: Sendable {
    /// The scenario's name for it.
    package var name: String
    /// The contract's name of the type.
    package var type: String
    /// The type as the contract sends it.
    package var sentType: String
    package var payload: JSONValue
    package var source: String?
    package var closedGates: [String]
    package var again: String?

    package init(
        name: String,
        type: String,
        sentType: String,
        payload: JSONValue,
        source: String?,
        closedGates: [String],
        again: String?
    ) {
        self.name = name
        self.type = type
        self.sentType = sentType
        self.payload = payload
        self.source = source
        self.closedGates = closedGates
        self.again = again
    }

    var placeholders: Placeholders {
        var values = Placeholders([
            "event": .string(name),
            "event_type": .string(type),
            "sent_type": .string(sentType),
            "payload": payload,
        ])
        values["source"] = source.map { .string($0) }
        values["closed_gates"] = closedGates.isEmpty ? nil : .array(closedGates.map { .string($0) })
        return values
    }
}
