package import FoundationEssentials
import GRDB
import WebhookSigning

extension DeliveryStore {
    /// Adds an endpoint unless `refusal` objects, which is asked how many others there are; gives the refusal.
    ///
    /// An id that exists already gets the new configuration and keeps its status and its deliveries.
    package func add(
        _ endpoint: Endpoint,
        unless refusal: @escaping @Sendable (_ others: Int) -> RequestRefusal?
    ) async throws -> RequestRefusal? {
        try await database.write { database in
            let others =
                try Int.fetchOne(
                    database,
                    sql: "SELECT COUNT(*) FROM endpoint WHERE deleted = 0 AND id <> ?",
                    arguments: [endpoint.id]
                ) ?? 0
            if let refusal = refusal(others) { return refusal }
            try database.execute(
                sql: """
                    INSERT INTO endpoint
                    (id, url, events, secret, basic_user, basic_password, source, headers, status, reason, active_since)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET
                    url = excluded.url, events = excluded.events, secret = excluded.secret,
                    basic_user = excluded.basic_user, basic_password = excluded.basic_password,
                    source = excluded.source, headers = excluded.headers,
                    status = iif(deleted, excluded.status, status), reason = iif(deleted, excluded.reason, reason),
                    active_since = iif(deleted, excluded.active_since, active_since), deleted = 0
                    """,
                arguments: [
                    endpoint.id, endpoint.url, endpoint.events.map(HeaderFieldText.text(names:)),
                    endpoint.secret?.revealed, endpoint.basic?.user, endpoint.basic?.password, endpoint.source,
                    HeaderFieldText.text(endpoint.headers), endpoint.status.rawValue, endpoint.reason,
                    endpoint.activeSince.timeIntervalSince1970,
                ]
            )
            return nil
        }
    }

    /// The endpoint of that id; nil when there is none or it was deleted.
    package func endpoint(_ id: String) async throws -> Endpoint? {
        try await database.read { try Self.endpoint(id, in: $0) }
    }

    /// Gives an endpoint another status, and ends its pending deliveries when nothing is delivered to it any more.
    ///
    /// - Returns: the endpoint as it was before; nil when there is none.
    package func setStatus(
        of id: String,
        to status: EndpointStatus,
        reason: String?,
        at now: Date,
        endingDeliveries: Bool
    ) async throws -> Endpoint? {
        try await database.write { database in
            guard let before = try Self.endpoint(id, in: database) else { return nil }
            try Self.setStatus(
                of: before,
                to: status,
                reason: reason,
                at: now,
                endingDeliveries: endingDeliveries,
                in: database
            )
            return before
        }
    }

    /// Switches an endpoint on, and records the delivery that this sends to it, both or neither.
    ///
    /// - Parameter activation: asked for that event when the endpoint was not active before; nil for none.
    /// - Returns: the endpoint as it is then; nil when there is none.
    package func enable(
        _ id: String,
        at now: Date,
        activation: @escaping @Sendable (Endpoint) throws -> EventRecord?,
        delivers: @escaping @Sendable (Endpoint) -> Bool
    ) async throws -> Endpoint? {
        try await database.write { database in
            guard let before = try Self.endpoint(id, in: database) else { return nil }
            try Self.setStatus(of: before, to: .active, reason: nil, at: now, endingDeliveries: false, in: database)
            let endpoint = try Self.endpoint(id, in: database)
            if before.status != .active, let endpoint, let record = try activation(endpoint) {
                _ = try Self.accept(record, wants: { $0.id == id }, delivers: delivers, in: database)
            }
            return endpoint
        }
    }

    /// Deletes an endpoint and ends its pending deliveries; the log of its past ones is kept, its secrets and headers are not.
    ///
    /// - Returns: whether there was such an endpoint.
    package func deleteEndpoint(_ id: String) async throws -> Bool {
        try await database.write { database in
            guard try Self.endpoint(id, in: database) != nil else { return false }
            try database.execute(
                sql: """
                    UPDATE endpoint SET deleted = 1, secret = NULL, former_secret = NULL, basic_password = NULL, headers = '[]'
                    WHERE id = ?
                    """,
                arguments: [id]
            )
            try Self.endDeliveries(of: id, reason: "the endpoint was deleted", in: database)
            return true
        }
    }

    static func setStatus(
        of endpoint: Endpoint,
        to status: EndpointStatus,
        reason: String?,
        at now: Date,
        endingDeliveries: Bool,
        in database: Database
    ) throws {
        let isSwitchedOn = status == .active && endpoint.status != .active
        let since = isSwitchedOn ? now : endpoint.activeSince
        try database.execute(
            sql: "UPDATE endpoint SET status = ?, reason = ?, active_since = ? WHERE id = ?",
            arguments: [status.rawValue, reason, since.timeIntervalSince1970, endpoint.id]
        )
        if endingDeliveries {
            try endDeliveries(of: endpoint.id, reason: reason ?? "the endpoint is \(status.rawValue)", in: database)
        }
    }

    static func endpoint(_ id: String, in database: Database) throws -> Endpoint? {
        try Row.fetchOne(
            database,
            sql: "SELECT * FROM endpoint WHERE id = ? AND deleted = 0",
            arguments: [id]
        )
        .map(endpoint(from:))
    }

    static func endpoint(from row: Row) throws -> Endpoint {
        let events: String? = row["events"]
        let secret: String? = row["secret"]
        let user: String? = row["basic_user"]
        let password: String? = row["basic_password"]
        let former: String? = row["former_secret"]
        let changed: Double? = row["secret_changed_at"]
        var endpoint = Endpoint(
            id: row["id"],
            url: row["url"],
            events: try events.map(HeaderFieldText.names),
            secret: secret.map { SigningKey($0) },
            basic: user.map { BasicCredentials(user: $0, password: password ?? "") },
            source: row["source"],
            headers: try HeaderFieldText.fields(row["headers"]),
            status: EndpointStatus(rawValue: row["status"]) ?? .disabled,
            reason: row["reason"],
            activeSince: Date(timeIntervalSince1970: row["active_since"])
        )
        endpoint.former = former.map { SigningKey($0) }
        endpoint.secretChangedAt = changed.map { Date(timeIntervalSince1970: $0) }
        return endpoint
    }

    private static func endDeliveries(of id: String, reason: String, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE delivery SET state = 'disabled', reason = ?, due_at = NULL
                WHERE endpoint_id = ? AND due_at IS NOT NULL
                """,
            arguments: [reason, id]
        )
    }
}
