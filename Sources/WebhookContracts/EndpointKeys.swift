import WebhookSigning

/// The keys of one endpoint as texts, in the form that its contract's signature wants.
///
/// They are secrets in the clear, for those who configure an endpoint and those who verify what came; never for a message.
package struct EndpointKeys: Sendable {
    /// What the dispatcher signs with.
    package let secret: String
    /// What signatures are verified with: the same, or the public key where the algorithm has one.
    package let verifier: String

    /// Draws new keys for an endpoint under `contract`.
    package static func draw(for contract: Contract) -> EndpointKeys {
        let pair = SigningKeyPair.draw(for: contract.signature.algorithm.value ?? .hmacSHA256)
        return EndpointKeys(secret: pair.secret.revealed, verifier: pair.verifier.revealed)
    }
}

extension EndpointKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Tells nothing, so that no message can give a secret away.
    package var description: String { "keys of an endpoint" }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// A mirror without children.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
