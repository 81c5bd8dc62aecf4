/// Why nothing can be signed or checked: the input or the key does not fit the scheme.
package enum SigningError: Error, Hashable, CustomStringConvertible {
    /// The scheme covers a part that the input does not have.
    case missing(SigningInput.Part)
    /// The part contains the full stop that separates the signed parts.
    case ambiguous(SigningInput.Part)
    /// The key cannot be used; the text says why and never quotes it.
    case unusableKey(String)
    /// A component, parameter or label of an HTTP message signature cannot be written; the text says which.
    case unwritable(String)

    /// One sentence.
    package var description: String {
        switch self {
        case .missing(let part): "The signature covers the \(part.rawValue), and there is none."
        case .ambiguous(let part): "The \(part.rawValue) contains a full stop, which separates the signed parts."
        case .unusableKey(let reason): "The signing key cannot be used: \(reason)."
        case .unwritable(let reason): "The signature base cannot be written: \(reason)."
        }
    }
}
