import Foundation

/// What one endpoint is configured with.
///
/// Made for one scenario of one run, and never written anywhere.
package struct EndpointSecrets: Sendable {
    /// A signing secret in the form of Standard Webhooks: `whsec_` and 24 random bytes in base64.
    package let secret: String
    package let user: String
    /// Holds a colon and a letter outside ASCII, which a careless `Authorization` header gets wrong (RFC 7617).
    package let password: String

    /// Draws new ones.
    package init() {
        secret = "whsec_" + Data(Self.random(24)).base64EncodedString()
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
