package import FoundationEssentials
import GRDB
package import WebhookSigning

extension DeliveryStore {
    /// Gives an endpoint another secret and keeps the one before it; false when there is no such endpoint.
    package func changeSecret(of id: String, to secret: SigningKey, at now: Date) async throws -> Bool {
        try await database.write { database in
            guard try Self.endpoint(id, in: database) != nil else { return false }
            try database.execute(
                sql: "UPDATE endpoint SET former_secret = secret, secret = ?, secret_changed_at = ? WHERE id = ?",
                arguments: [secret.revealed, now.timeIntervalSince1970, id]
            )
            return true
        }
    }
}
