import FoundationEssentials

/// A secret (or a public key) that never shows itself in messages, dumps or interpolations.
package struct SigningKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable, ExpressibleByStringLiteral
{
    /// What the text is.
    package enum Role: Sendable, Hashable {
        /// A shared secret or a private key.
        case secret
        /// The public half of a key pair; it verifies and cannot sign.
        case publicKey
    }

    /// The key as text, for the few places that have to hand it on (to a program that signs); never for a message.
    package let revealed: String
    /// Whether the key is secret or public.
    package let role: Role

    /// Wraps the text of a secret.
    ///
    /// A text that begins with `whpk_`, as Standard Webhooks writes them, is a public key.
    package init(_ text: String) {
        self.init(text, role: text.hasPrefix("whpk_") ? .publicKey : .secret)
    }

    /// Wraps the text of a key of a known role.
    package init(_ text: String, role: Role) {
        self.revealed = text
        self.role = role
    }

    /// Wraps a literal, for tests and examples.
    package init(stringLiteral text: String) {
        self.init(text)
    }

    /// Says that there is a key, not which.
    package var description: String { "‹\(role == .secret ? "secret" : "public key")›" }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// A mirror without children, so that `dump` and test failures show nothing.
    package var customMirror: Mirror { Mirror(self, children: [:], displayStyle: .struct) }

    /// The bytes of the key in the given form.
    ///
    /// Throws `SigningError.unusableKey` when the text is empty or not in that form. The error does not quote the text.
    package func bytes(as form: KeyForm) throws(SigningError) -> [UInt8] {
        guard !revealed.isEmpty else { throw .unusableKey("the key is empty") }
        switch form {
        case .text:
            return Array(revealed.utf8)
        case .base64Decoded(let prefix):
            var encoded = Substring(revealed)
            for known in [prefix, "whpk_"] where !known.isEmpty && encoded.hasPrefix(known) {
                encoded = encoded.dropFirst(known.count)
            }
            guard let bytes = Data(base64Encoded: String(encoded)), !bytes.isEmpty else {
                throw .unusableKey("the key is not base64")
            }
            return Array(bytes)
        case .hexDecoded:
            guard let bytes = unhex(revealed), !bytes.isEmpty else { throw .unusableKey("the key is not hex") }
            return bytes
        }
    }
}
