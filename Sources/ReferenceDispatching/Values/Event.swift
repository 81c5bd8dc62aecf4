package import FoundationEssentials
package import Notation

/// Something that happened, as the product that owns the dispatcher hands it over.
package struct EventSubmission: Sendable, Hashable {
    /// The event type, by the name the contract file gives it.
    package var type: String
    /// The body, but for the fields the dispatcher fills.
    package var payload: JSONValue
    /// What triggered it, such as `ui`; nil when the payload says so or nobody does.
    package var source: String?
    /// The gates that are closed for the account it happened in.
    package var closedGates: [String]

    /// Makes a submission.
    package init(type: String, payload: JSONValue, source: String? = nil, closedGates: [String] = []) {
        self.type = type
        self.payload = payload
        self.source = source
        self.closedGates = closedGates
    }
}

/// An event that was accepted: its body is fixed for ever.
package struct AcceptedEvent: Sendable, Hashable {
    /// The id by which receivers can recognise a repeated delivery.
    package var id: String
    /// The event type, by the name the contract file gives it.
    package var type: String
    /// The bytes that are sent, on every attempt and to every endpoint.
    package var body: [UInt8]
    /// The compact JSON of the envelope where that is not what is sent; nil where it is.
    package var envelope: [UInt8]?
    /// When it was accepted.
    package var createdAt: Date

    /// Makes an accepted event.
    package init(id: String, type: String, body: [UInt8], envelope: [UInt8]? = nil, createdAt: Date) {
        self.id = id
        self.type = type
        self.body = body
        self.envelope = envelope
        self.createdAt = createdAt
    }

    /// The compact JSON of the envelope, whatever the wire carries.
    package var envelopeJSON: [UInt8] { envelope ?? body }
}

/// What became of a submission.
package enum Acceptance: Sendable, Hashable {
    /// The event is in the store and goes to whoever subscribed to it.
    case accepted(id: String)
    /// The event is recorded, and by contract it goes to nobody.
    case heldBack(id: String, reason: String)
    /// The same occurrence was accepted before, under this id; nothing was added.
    case duplicate(of: String)
}
