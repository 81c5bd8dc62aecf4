package import FoundationEssentials
import GRDB

/// An endpoint at which attempts are due, now or later.
package struct WaitingEndpoint: Sendable, Hashable {
    /// The endpoint's id.
    package var id: String
    /// When its earliest delivery is due.
    package var dueAt: Date
}

extension DeliveryStore {
    /// The endpoints of these statuses that have a delivery waiting, the one with the earliest first.
    ///
    /// - Parameter isOrdered: only the oldest unfinished delivery of an endpoint counts.
    package func waitingEndpoints(statuses: [EndpointStatus], isOrdered: Bool) async throws -> [WaitingEndpoint] {
        try await database.read { database in
            let statusList = statuses.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            let earliest =
                isOrdered
                ? "due_at FROM delivery WHERE endpoint_id = endpoint.id AND state = 'pending' ORDER BY sequence LIMIT 1"
                : """
                MIN(due_at) FROM delivery WHERE endpoint_id = endpoint.id AND due_at IS NOT NULL
                AND \(Self.isFirstOfItsOrder)
                """
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, paused_until, (SELECT \(earliest)) AS due FROM endpoint
                    WHERE deleted = 0 AND status IN (\(statusList)) ORDER BY due
                    """
            )
            return rows.compactMap { row in
                let due: Double? = row["due"]
                let paused: Double? = row["paused_until"]
                return due.map { due in
                    WaitingEndpoint(id: row["id"], dueAt: Date(timeIntervalSince1970: max(due, paused ?? due)))
                }
            }
            .sorted { $0.dueAt < $1.dueAt }
        }
    }

    /// Takes up to `count` deliveries of an endpoint that are due, and records that their next attempt begins now.
    ///
    /// The record stands before a byte is sent: after a crash it tells which attempts may have arrived.
    package func claim(of endpointID: String, count: Int, at now: Date, isOrdered: Bool) async throws -> [Attempt] {
        try await database.write { database in
            guard let endpoint = try Self.endpoint(endpointID, in: database),
                try !Self.isPaused(endpointID, at: now, in: database)
            else { return [] }
            let oldestOnly = """
                AND delivery.sequence =
                (SELECT MIN(sequence) FROM delivery WHERE endpoint_id = :endpoint AND state = 'pending')
                """
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.*, event.type, event.body, event.envelope, event.created_at
                    FROM delivery JOIN event ON event.id = delivery.event_id
                    WHERE delivery.endpoint_id = :endpoint AND delivery.due_at <= :now \(isOrdered ? oldestOnly : "")
                    AND \(Self.isFirstOfItsOrder)
                    ORDER BY delivery.due_at, delivery.sequence LIMIT :count
                    """,
                arguments: ["endpoint": endpointID, "now": now.timeIntervalSince1970, "count": count]
            )
            return try rows.map { try Self.begin(Self.attempt(from: $0, endpoint: endpoint, at: now), in: database) }
        }
    }

    private static func attempt(from row: Row, endpoint: Endpoint, at now: Date) -> Attempt {
        let body: Data = row["body"]
        let envelope: Data? = row["envelope"]
        let attempts: Int = row["attempts"]
        let firstStartedAt: Double? = row["first_started_at"]
        let first: String? = attempts == 0 ? nil : row["first_url"]
        var attempt = Attempt(
            deliveryID: row["id"],
            event: AcceptedEvent(
                id: row["event_id"],
                type: row["type"],
                body: Array(body),
                envelope: envelope.map { Array($0) },
                createdAt: Date(timeIntervalSince1970: row["created_at"])
            ),
            endpoint: endpoint,
            number: attempts + 1,
            startedAt: now,
            firstStartedAt: firstStartedAt.map { Date(timeIntervalSince1970: $0) } ?? now,
            firstURL: first
        )
        attempt.isRedelivery = row["by_hand"]
        attempt.uncounted = row["uncounted"]
        let resumesAt: Double? = row["resumes_at"]
        attempt.resumesAt = resumesAt.map { Date(timeIntervalSince1970: $0) }
        return attempt
    }

    private static func begin(_ attempt: Attempt, in database: Database) throws -> Attempt {
        try database.execute(
            sql: """
                UPDATE delivery SET attempts = ?, first_started_at = ?, due_at = NULL, reason = NULL, url = ?,
                first_url = ?, by_hand = 0, resumes_at = NULL WHERE id = ?
                """,
            arguments: [
                attempt.number, attempt.firstStartedAt.timeIntervalSince1970, attempt.endpoint.url, attempt.firstURL,
                attempt.deliveryID,
            ]
        )
        try database.execute(
            sql: """
                INSERT INTO attempt (delivery_id, number, endpoint_id, started_at, status)
                VALUES (?, ?, ?, ?, 'in flight')
                """,
            arguments: [
                attempt.deliveryID, attempt.number, attempt.endpoint.id, attempt.startedAt.timeIntervalSince1970,
            ]
        )
        return attempt
    }
}
