/// Whether a signature header proves its message.
package enum SignatureVerdict: Sendable, Hashable {
    /// The signature is right in every respect the scheme states.
    case valid
    /// It is not, for the first reason found.
    case invalid(SignatureFault)

    /// Whether the signature is right.
    package var isValid: Bool { self == .valid }
}

/// The reason why a signature does not verify.
package enum SignatureFault: Sendable, Hashable, CustomStringConvertible {
    /// The header has no value, or only white space.
    case empty
    /// The value does not begin with the scheme's prefix; of several signatures, none has the scheme's version.
    case wrongPrefix(expected: String)
    /// The written signature has another length than the algorithm gives, in characters.
    case wrongLength(expected: Int, found: Int)
    /// The value is not written in the scheme's encoding.
    case notEncoded(SignatureEncoding)
    /// The digits are in upper case where lower case is promised.
    case upperCaseHex
    /// The digits are in lower case where upper case is promised.
    case lowerCaseHex
    /// Well formed, and not the signature of this content with this key.
    case mismatch
    /// There is no key to verify with.
    case noKey
    /// The input or the key does not fit the scheme.
    case notVerifiable(SigningError)

    /// One sentence.
    package var description: String {
        switch self {
        case .empty: "The signature is empty."
        case .wrongPrefix(let expected): "The signature does not begin with \"\(expected)\"."
        case .wrongLength(let expected, let found):
            "The signature is \(found) characters long where \(expected) are expected."
        case .notEncoded(let encoding): "The signature is not \(encoding.displayName)."
        case .upperCaseHex: "The signature is in upper-case hex where lower case is expected."
        case .lowerCaseHex: "The signature is in lower-case hex where upper case is expected."
        case .mismatch: "The signature is well formed and does not match the content."
        case .noKey: "There is no key to verify the signature with."
        case .notVerifiable(let error): error.description
        }
    }
}
