package import FoundationEssentials
import GRDB
package import WebhookContracts

extension DeliveryStore {
    /// Says that no earlier delivery that keeps an order with this one is still pending.
    static let isFirstOfItsOrder = """
        NOT EXISTS (
            SELECT 1 FROM delivery AS earlier
            WHERE earlier.endpoint_id = delivery.endpoint_id AND earlier.order_key = delivery.order_key
            AND earlier.state = 'pending' AND earlier.sequence < delivery.sequence
        )
        """

    /// Sends nothing more to an endpoint until then; a longer pause stays.
    package func pause(_ endpointID: String, until moment: Date) async throws {
        try await database.write { database in
            try database.execute(
                sql: "UPDATE endpoint SET paused_until = MAX(COALESCE(paused_until, 0), ?) WHERE id = ?",
                arguments: [moment.timeIntervalSince1970, endpointID]
            )
        }
    }

    static func isPaused(_ endpointID: String, at now: Date, in database: Database) throws -> Bool {
        let until = try Double.fetchOne(
            database,
            sql: "SELECT paused_until FROM endpoint WHERE id = ?",
            arguments: [endpointID]
        )
        return until.map { $0 > now.timeIntervalSince1970 } ?? false
    }

    /// How many attempts may start at an endpoint now, and when the next one may.
    ///
    /// Counted from the log, so that a restart does not begin anew.
    ///
    /// - Returns: a number of at least 0; a time only where it is 0.
    package func allowance(
        at endpointID: String,
        of rate: DeliveryRate,
        now: Date
    ) async throws -> (count: Int, next: Date?) {
        try await database.read { database in
            let since = now.advanced(by: .zero - rate.window).timeIntervalSince1970
            let started = try Double.fetchAll(
                database,
                sql: """
                    SELECT started_at FROM attempt WHERE endpoint_id = ? AND started_at > ?
                    ORDER BY started_at DESC LIMIT ?
                    """,
                arguments: [endpointID, since, rate.count]
            )
            let free = rate.count - started.count
            guard free <= 0, let oldest = started.last else { return (max(0, free), nil) }
            return (0, Date(timeIntervalSince1970: oldest).advanced(by: rate.window))
        }
    }
}
