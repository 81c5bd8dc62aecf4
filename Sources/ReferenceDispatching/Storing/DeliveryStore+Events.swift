package import FoundationEssentials
import GRDB

/// What accepting an event adds to the store.
package struct EventRecord: Sendable {
    /// The event.
    package var event: AcceptedEvent
    /// `event`, or `activation` for the delivery that switching an endpoint on sends.
    package var origin: String
    /// Why it goes to nobody; nil when it goes to its subscribers.
    package var heldBack: String?
    /// The key by which a second submission is the same occurrence; nil for none.
    package var publicationKey: String?
    /// When its first attempts are due.
    package var dueAt: Date
    /// The thing whose events an endpoint gets in their order; nil when it keeps no order.
    package var orderKey: String?

    /// Makes a record.
    package init(
        event: AcceptedEvent,
        origin: String = "event",
        heldBack: String? = nil,
        publicationKey: String? = nil,
        dueAt: Date? = nil
    ) {
        self.event = event
        self.origin = origin
        self.heldBack = heldBack
        self.publicationKey = publicationKey
        self.dueAt = dueAt ?? event.createdAt
    }
}

extension DeliveryStore {
    /// Records an event and one delivery for each endpoint that `wants` it.
    ///
    /// Where nothing is delivered to an endpoint (`delivers` says no) its delivery is recorded as `disabled`, so that
    /// the log shows what was missed.
    package func accept(
        _ record: EventRecord,
        wants: @escaping @Sendable (Endpoint) -> Bool,
        delivers: @escaping @Sendable (Endpoint) -> Bool
    ) async throws -> Acceptance {
        try await database.write { try Self.accept(record, wants: wants, delivers: delivers, in: $0) }
    }

    static func accept(
        _ record: EventRecord,
        wants: (Endpoint) -> Bool,
        delivers: (Endpoint) -> Bool,
        in database: Database
    ) throws -> Acceptance {
        if let key = record.publicationKey,
            let known = try String.fetchOne(
                database,
                sql: "SELECT id FROM event WHERE publication_key = ?",
                arguments: [key]
            )
        {
            return .duplicate(of: known)
        }
        let event = record.event
        try database.execute(
            sql: """
                INSERT INTO event (id, type, origin, body, envelope, created_at, held_back, publication_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                event.id, event.type, record.origin, Data(event.body), event.envelope.map { Data($0) },
                event.createdAt.timeIntervalSince1970, record.heldBack, record.publicationKey,
            ]
        )
        if let reason = record.heldBack { return .heldBack(id: event.id, reason: reason) }
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM endpoint WHERE deleted = 0 ORDER BY id")
        while let row = try rows.next() {
            let endpoint = try Self.endpoint(from: row)
            guard wants(endpoint) else { continue }
            let isDue = delivers(endpoint)
            try database.execute(
                sql: """
                    INSERT INTO delivery (id, event_id, endpoint_id, url, state, reason, due_at, order_key)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    RandomID.make(prefix: "dlv_"), event.id, endpoint.id, endpoint.url,
                    isDue ? DeliveryState.pending.rawValue : DeliveryState.disabled.rawValue,
                    isDue ? nil : "the endpoint was \(endpoint.status.rawValue)",
                    isDue ? record.dueAt.timeIntervalSince1970 : nil, record.orderKey,
                ]
            )
        }
        return .accepted(id: event.id)
    }
}
