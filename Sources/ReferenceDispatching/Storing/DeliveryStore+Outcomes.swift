package import FoundationEssentials
import GRDB

extension DeliveryStore {
    /// Records how an attempt ended and what follows it.
    ///
    /// - Parameter entry: what the delivery log keeps; nil for an attempt that it forgets.
    package func finish(
        _ attempt: Attempt,
        entry: AttemptResult?,
        action: DeliveryAction,
        at now: Date,
        delivers: @escaping @Sendable (EndpointStatus) -> Bool
    ) async throws {
        try await database.write { database in
            try Self.update(attempt, entry: entry, action: action, at: now, in: database)
            let current = try Self.endpoint(attempt.endpoint.id, in: database)
            let status = current?.status
            let isServed = status.map(delivers) ?? false
            switch action {
            case .succeeded:
                try Self.settle(attempt, .succeeded, reason: nil, in: database)
            case .giveUp(let state, let reason):
                try Self.settle(attempt, state, reason: reason, in: database)
            case .disableEndpoint(let reason):
                try Self.settle(attempt, .disabled, reason: reason, in: database)
                if let current {
                    try Self.setStatus(
                        of: current,
                        to: .disabled,
                        reason: reason,
                        at: now,
                        endingDeliveries: !delivers(.disabled),
                        in: database
                    )
                }
            case .retry(let due) where isServed:
                try database.execute(
                    sql: "UPDATE delivery SET due_at = ? WHERE id = ?",
                    arguments: [due.timeIntervalSince1970, attempt.deliveryID]
                )
            case .retry:
                // The endpoint was switched off or deleted while the attempt was in flight.
                try Self.settle(attempt, .disabled, reason: Self.switchedOffReason(status), in: database)
            }
        }
    }

    /// Why a delivery ends whose endpoint has this status; nil is one that was deleted.
    static func switchedOffReason(_ status: EndpointStatus?) -> String {
        "the endpoint is \(status?.rawValue ?? "deleted")"
    }

    /// Switches an active endpoint off when `policy` says that too much failed there, and gives the reason.
    ///
    /// What happened before the endpoint was last switched on does not count against it.
    ///
    /// - Returns: nil when the endpoint stays as it is.
    package func disableIfFailing(
        _ endpointID: String,
        by policy: DisablementPolicy,
        at now: Date,
        endingDeliveries: Bool
    ) async throws -> String? {
        try await database.write { database in
            guard let endpoint = try Self.endpoint(endpointID, in: database), endpoint.status == .active else {
                return nil
            }
            let start = max(now.advanced(by: .zero - policy.window), endpoint.activeSince)
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) AS finished, COALESCE(SUM(succeeded = 0), 0) AS failed FROM attempt
                    WHERE endpoint_id = ? AND ended_at >= ?
                    """,
                arguments: [endpointID, start.timeIntervalSince1970]
            )
            guard let reason = policy.reason(finished: row?["finished"] ?? 0, failed: row?["failed"] ?? 0) else {
                return nil
            }
            try Self.setStatus(
                of: endpoint,
                to: .disabled,
                reason: reason,
                at: now,
                endingDeliveries: endingDeliveries,
                in: database
            )
            return reason
        }
    }

    private static func update(
        _ attempt: Attempt,
        entry: AttemptResult?,
        action: DeliveryAction,
        at now: Date,
        in database: Database
    ) throws {
        let key: StatementArguments = [attempt.deliveryID, attempt.number]
        guard let entry else {
            try database.execute(sql: "DELETE FROM attempt WHERE delivery_id = ? AND number = ?", arguments: key)
            return
        }
        var next: Double?
        if case .retry(let due) = action { next = due.timeIntervalSince1970 }
        try database.execute(
            sql: """
                UPDATE attempt SET ended_at = ?, succeeded = ?, status = ?, response_code = ?, response_headers = ?,
                response_body = ?, error = ?, next_attempt_at = ? WHERE delivery_id = ? AND number = ?
                """,
            arguments: [
                now.timeIntervalSince1970, action == .succeeded, entry.word, entry.responseCode,
                HeaderFieldText.text(entry.responseHeaders), Data(entry.responseBody), entry.error, next,
            ] + key
        )
        try database.execute(
            sql: "UPDATE delivery SET latest_outcome = ?, latest_status = COALESCE(?, latest_status) WHERE id = ?",
            arguments: [entry.word, entry.responseCode, attempt.deliveryID]
        )
    }

    private static func settle(
        _ attempt: Attempt,
        _ state: DeliveryState,
        reason: String?,
        in database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE delivery SET state = ?, reason = ?, due_at = NULL WHERE id = ?",
            arguments: [state.rawValue, reason, attempt.deliveryID]
        )
    }
}
