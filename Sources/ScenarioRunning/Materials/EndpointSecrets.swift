import Foundation
package import WebhookContracts

/// What one endpoint is configured with.
///
/// Made for one scenario of one run. It is encoded only for the standard input of the scenario's own process, and never
/// written anywhere.
package struct EndpointSecrets: Sendable, Codable {
    /// A signing secret in the form of Standard Webhooks: `whsec_` and 24 random bytes in base64, or `whsk_` and a key pair
    /// where the contract signs with Ed25519.
    package let secret: String
    /// What signatures are verified with: the secret itself, or the public key of the pair.
    package let verifier: String
    package let user: String
    /// Holds a colon and a letter outside ASCII, which a careless `Authorization` header gets wrong (RFC 7617).
    package let password: String
    /// What its secret is changed to, in order.
    package let next: [Keys]

    /// A secret, and what its signatures are verified with.
    package struct Keys: Sendable, Codable {
        package let secret: String
        package let verifier: String
    }

    /// Draws new ones, with keys in the form that the contract's signature wants.
    ///
    /// - Parameter rotations: how often the secret will be changed.
    package init(contract: Contract, rotations: Int = 0) {
        next = (0..<rotations).map { _ in
            let keys = EndpointKeys.draw(for: contract)
            return Keys(secret: keys.secret, verifier: keys.verifier)
        }
        let keys = EndpointKeys.draw(for: contract)
        secret = keys.secret
        verifier = keys.verifier
        user = "receiver-" + Self.hex(4)
        password = "pé:" + Self.hex(12)
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func hex(_ count: Int) -> String {
        random(count).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}

extension EndpointSecrets: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Tells nothing, so that no message can give a secret away.
    package var description: String { "secrets of an endpoint" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
