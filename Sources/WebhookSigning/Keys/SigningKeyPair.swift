import Crypto
import FoundationEssentials

/// A new secret in the form of Standard Webhooks, and what its signatures are verified with.
package struct SigningKeyPair: Sendable, Hashable {
    /// What a dispatcher signs with: `whsec_` and 24 random bytes, or for Ed25519 `whsk_`, the seed and the public key.
    package let secret: SigningKey
    /// What a receiver verifies with: the same secret, or for Ed25519 `whpk_` and the public key.
    package let verifier: SigningKey

    /// Draws a secret that suits an algorithm.
    package static func draw(for algorithm: SigningAlgorithm) -> SigningKeyPair {
        guard algorithm == .ed25519 else {
            let bytes = SymmetricKey(size: .bits192).withUnsafeBytes { Data($0) }
            let secret = SigningKey("whsec_" + bytes.base64EncodedString(), role: .secret)
            return SigningKeyPair(secret: secret, verifier: secret)
        }
        let key = Curve25519.Signing.PrivateKey()
        let publicKey = key.publicKey.rawRepresentation
        return SigningKeyPair(
            secret: SigningKey("whsk_" + (key.rawRepresentation + publicKey).base64EncodedString(), role: .secret),
            verifier: SigningKey("whpk_" + publicKey.base64EncodedString(), role: .publicKey)
        )
    }
}
