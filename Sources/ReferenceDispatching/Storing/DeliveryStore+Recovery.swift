package import FoundationEssentials
import GRDB

extension DeliveryStore {
    /// Takes up what the last run left: attempts without an end, and due times.
    ///
    /// - Parameters:
    ///   - budget: the contract's number of attempts.
    ///   - due: when a delivery that was due then is due now.
    /// - Returns: how many attempts were interrupted.
    package func recover(
        _ recovery: Recovery,
        budget: Int,
        at now: Date,
        due: @escaping @Sendable (Date) -> Date
    ) async throws -> Int {
        try await database.write { database in
            let interrupted = try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.id, delivery.attempts
                    FROM attempt JOIN delivery ON delivery.id = attempt.delivery_id
                    WHERE attempt.ended_at IS NULL
                    """
            )
            try Self.reschedule(due, in: database)
            for row in interrupted {
                let attempts: Int = row["attempts"]
                try Self.recover(row["id"], attempts: attempts, recovery, budget: budget, at: now, in: database)
            }
            return interrupted.count
        }
    }

    private static func recover(
        _ deliveryID: String,
        attempts: Int,
        _ recovery: Recovery,
        budget: Int,
        at now: Date,
        in database: Database
    ) throws {
        let isTriedAgain =
            switch recovery {
            case .resend: true
            case .resendWithinBudget: attempts < budget
            case .giveUp: false
            }
        let due = isTriedAgain ? now.timeIntervalSince1970 : nil
        try database.execute(
            sql: """
                UPDATE attempt SET ended_at = ?, status = 'interrupted', next_attempt_at = ?,
                error = 'The dispatcher was stopped during the attempt; whether it arrived is not known.'
                WHERE delivery_id = ? AND ended_at IS NULL
                """,
            arguments: [now.timeIntervalSince1970, due, deliveryID]
        )
        // A delivery can have been settled meanwhile, when its endpoint was switched off.
        let state: DeliveryState = recovery == .giveUp ? .failed : .exhausted
        try database.execute(
            sql: """
                UPDATE delivery SET latest_outcome = 'interrupted', due_at = ?, state = ?, reason = ?
                WHERE id = ? AND state = 'pending'
                """,
            arguments: [
                due, isTriedAgain ? DeliveryState.pending.rawValue : state.rawValue,
                isTriedAgain ? nil : "the last attempt was interrupted", deliveryID,
            ]
        )
    }

    private static func reschedule(_ due: @Sendable (Date) -> Date, in database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT id, due_at FROM delivery WHERE due_at IS NOT NULL AND attempts > 0"
        )
        var moved: [(String, Date)] = []
        while let row = try rows.next() {
            let old = Date(timeIntervalSince1970: row["due_at"])
            let new = due(old)
            if new != old { moved.append((row["id"], new)) }
        }
        for (id, time) in moved {
            try database.execute(
                sql: "UPDATE delivery SET due_at = ? WHERE id = ?",
                arguments: [time.timeIntervalSince1970, id]
            )
        }
    }
}
