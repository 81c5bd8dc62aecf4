package import FoundationEssentials
import GRDB

extension DeliveryStore {
    /// Takes up what the last run left: attempts without an end, and due times.
    ///
    /// - Parameters:
    ///   - budget: the contract's number of attempts.
    ///   - delivers: whether anything is delivered to an endpoint of this status.
    ///   - due: when a delivery that was due then is due now.
    /// - Returns: how many attempts were interrupted.
    package func recover(
        _ recovery: Recovery,
        budget: Int,
        at now: Date,
        delivers: @escaping @Sendable (EndpointStatus) -> Bool,
        due: @escaping @Sendable (Date) -> Date
    ) async throws -> Int {
        try await database.write { database in
            let interrupted = try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.id, delivery.attempts, delivery.endpoint_id
                    FROM attempt JOIN delivery ON delivery.id = attempt.delivery_id
                    WHERE attempt.ended_at IS NULL
                    """
            )
            try Self.reschedule(due, in: database)
            for row in interrupted {
                let status = try Self.endpoint(row["endpoint_id"], in: database)?.status
                let attempts: Int = row["attempts"]
                let fate =
                    status.map(delivers) == true
                    ? recovery.fate(afterAttempts: attempts, budget: budget)
                    : .over(.disabled, reason: Self.switchedOffReason(status))
                try Self.recover(row["id"], fate, at: now, in: database)
            }
            return interrupted.count
        }
    }

    private static func recover(
        _ deliveryID: String,
        _ fate: InterruptedFate,
        at now: Date,
        in database: Database
    ) throws {
        let (state, due, reason): (DeliveryState, Double?, String?) =
            switch fate {
            case .triedAgain: (.pending, now.timeIntervalSince1970, nil)
            case .over(let state, let reason): (state, nil, reason)
            }
        try database.execute(
            sql: """
                UPDATE attempt SET ended_at = ?, status = 'interrupted', next_attempt_at = ?,
                error = 'The dispatcher was stopped during the attempt; whether it arrived is not known.'
                WHERE delivery_id = ? AND ended_at IS NULL
                """,
            arguments: [now.timeIntervalSince1970, due, deliveryID]
        )
        try database.execute(
            sql: "UPDATE delivery SET latest_outcome = 'interrupted', due_at = ?, state = ?, reason = ? WHERE id = ?",
            arguments: [due, state.rawValue, reason, deliveryID]
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

/// What becomes of one delivery whose attempt was interrupted.
private enum InterruptedFate {
    /// The next attempt is due at once.
    case triedAgain
    /// There is no further attempt.
    case over(DeliveryState, reason: String)
}

extension Recovery {
    fileprivate func fate(afterAttempts attempts: Int, budget: Int) -> InterruptedFate {
        let reason = "the last attempt was interrupted"
        return switch self {
        case .resend: .triedAgain
        case .resendWithinBudget: attempts < budget ? .triedAgain : .over(.exhausted, reason: reason)
        case .giveUp: .over(.failed, reason: reason)
        }
    }
}
