/// How the text of a secret becomes key bytes.
package enum KeyForm: Sendable, Hashable {
    /// The UTF-8 bytes of the text.
    case text
    /// The bytes that the text encodes as base64, after the prefix (such as `whsec_`) where it is there.
    case base64Decoded(prefix: String)
    /// The bytes that the text encodes as hexadecimal digits.
    case hexDecoded

    /// How the secret is used, in words for a message.
    package var displayName: String {
        switch self {
        case .text: "used as text"
        case .base64Decoded: "decoded from base64"
        case .hexDecoded: "decoded from hex"
        }
    }
}
