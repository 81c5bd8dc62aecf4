package import WebhookSigning

/// The secrets of a run, by endpoint.
///
/// They are handed to the judge and never stand in the evidence.
package struct Keyring: Sendable {
    /// What one endpoint was configured with.
    package struct Entry: Sendable {
        /// The signing secret; the public key where the contract signs with a key pair.
        package var secret: SigningKey?
        /// The user of HTTP Basic.
        package var user: String?
        /// The password of HTTP Basic.
        package var password: SigningKey?
        /// The secrets that the first one was changed to, in order; verifiers like it.
        package var next: [SigningKey]

        package init(
            secret: SigningKey? = nil,
            user: String? = nil,
            password: SigningKey? = nil,
            next: [SigningKey] = []
        ) {
            self.secret = secret
            self.user = user
            self.password = password
            self.next = next
        }
    }

    package var endpoints: [String: Entry]

    package init(_ endpoints: [String: Entry] = [:]) {
        self.endpoints = endpoints
    }

    /// What verifies an endpoint's signatures, or `nil` when it is not here.
    package func secret(of endpoint: String) -> SigningKey? { endpoints[endpoint]?.secret }
}
