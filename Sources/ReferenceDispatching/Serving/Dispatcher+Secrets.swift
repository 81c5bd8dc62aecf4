package import FoundationEssentials
import Logging
package import WebhookSigning

extension Dispatcher {
    /// Gives an endpoint another secret; the one before it signs beside it for as long as the contract says.
    ///
    /// - Throws: a `RequestRefusal` when there is no such endpoint, or the secret cannot sign.
    package func rotate(_ id: String, to secret: SigningKey, at now: Date = Date()) async throws -> Endpoint {
        if let problem = policy.contract.problem(of: secret) { throw RequestRefusal(problem) }
        guard try await store.changeSecret(of: id, to: secret, at: now) else {
            throw RequestRefusal("there is no endpoint with this id; register it first", status: 404)
        }
        let endpoint = try await endpoint(id)
        logger.info("Changed the secret of \(policy.displayName(of: endpoint)).")
        return endpoint
    }
}
