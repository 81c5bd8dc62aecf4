package import FoundationEssentials
import GRDB
package import WebhookContracts

/// What a manual redelivery comes to.
package enum Redelivery: Sendable, Hashable {
    /// An attempt is due at once.
    case scheduled
    /// There is no such delivery.
    case unknown
    /// An attempt is being made at this moment.
    case inFlight
    /// Its endpoint is not delivered to.
    case endpointNotServed
}

extension DeliveryStore {
    /// A page of the delivery log: up to `count` deliveries that came after the one numbered `sequence`, oldest first.
    ///
    /// - Returns: the deliveries, and the number of the last one; nil when there are no more.
    package func deliveries(after sequence: Int64, count: Int) async throws -> (page: [LoggedDelivery], last: Int64?) {
        try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.*, event.type, event.origin, event.created_at, event.body
                    FROM delivery JOIN event ON event.id = delivery.event_id
                    WHERE sequence > ? ORDER BY sequence LIMIT ?
                    """,
                arguments: [sequence, count]
            )
            let last: Int64? = rows.last.map { $0["sequence"] }
            return (try rows.map { try Self.delivery(from: $0, in: database) }, last)
        }
    }

    /// Makes an attempt of a delivery due at once.
    ///
    /// - Parameter terms: what becomes of the retry that is waiting, and whether the attempt counts.
    package func redeliver(
        _ id: String,
        by terms: RedeliveryTerms,
        at now: Date,
        delivers: @escaping @Sendable (EndpointStatus) -> Bool
    ) async throws -> Redelivery {
        try await database.write { database in
            guard
                let row = try Row.fetchOne(database, sql: "SELECT * FROM delivery WHERE id = ?", arguments: [id])
            else { return .unknown }
            let state: String = row["state"]
            let due: Double? = row["due_at"]
            if state == DeliveryState.pending.rawValue, due == nil { return .inFlight }
            guard let endpoint = try Self.endpoint(row["endpoint_id"], in: database), delivers(endpoint.status) else {
                return .endpointNotServed
            }
            try database.execute(
                sql: """
                    UPDATE delivery SET state = 'pending', reason = NULL, due_at = ?, resumes_at = ?, by_hand = 1,
                    uncounted = uncounted + ? WHERE id = ?
                    """,
                arguments: [
                    now.timeIntervalSince1970, terms.pending == .kept ? due : nil, terms.counts ? 0 : 1, id,
                ]
            )
            return .scheduled
        }
    }

    /// How many there are of each kind, by name: endpoints and deliveries by state, events and attempts in all.
    package func counts() async throws -> [(name: String, label: String?, count: Int)] {
        try await database.read { database in
            var counts: [(String, String?, Int)] = []
            for (name, sql) in [
                ("endpoints", "SELECT status, COUNT(*) FROM endpoint WHERE deleted = 0 GROUP BY status"),
                ("deliveries", "SELECT state, COUNT(*) FROM delivery GROUP BY state"),
                ("attempts", "SELECT status, COUNT(*) FROM attempt GROUP BY status"),
                ("events", "SELECT iif(held_back IS NULL, 'accepted', 'held back'), COUNT(*) FROM event GROUP BY 1"),
            ] {
                for row in try Row.fetchAll(database, sql: sql) { counts.append((name, row[0], row[1])) }
            }
            return counts
        }
    }

    private static func delivery(from row: Row, in database: Database) throws -> LoggedDelivery {
        let id: String = row["id"]
        let body: Data = row["body"]
        let attempts = try Row.fetchAll(
            database,
            sql: "SELECT * FROM attempt WHERE delivery_id = ? ORDER BY number",
            arguments: [id]
        )
        return LoggedDelivery(
            id: id,
            eventID: row["event_id"],
            eventType: row["type"],
            origin: row["origin"],
            createdAt: Date(timeIntervalSince1970: row["created_at"]),
            endpointID: row["endpoint_id"],
            url: row["url"],
            latestStatus: row["latest_status"],
            latestOutcome: row["latest_outcome"],
            payload: Array(body),
            state: DeliveryState(rawValue: row["state"]) ?? .failed,
            reason: row["reason"],
            attempts: try attempts.map(attempt(from:))
        )
    }

    private static func attempt(from row: Row) throws -> LoggedAttempt {
        let body: Data = row["response_body"]
        let next: Double? = row["next_attempt_at"]
        return LoggedAttempt(
            number: row["number"],
            attemptedAt: Date(timeIntervalSince1970: row["started_at"]),
            status: row["status"],
            responseCode: row["response_code"],
            responseHeaders: try HeaderFieldText.fields(row["response_headers"]),
            responseBody: Array(body),
            error: row["error"],
            nextAttemptAt: next.map { Date(timeIntervalSince1970: $0) }
        )
    }
}
