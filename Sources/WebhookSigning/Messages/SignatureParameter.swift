/// A parameter of an HTTP message signature (RFC 9421 section 2.3).
///
/// Their order is part of what is signed.
package enum SignatureParameter: Sendable, Hashable {
    /// When the signature was made, in Unix seconds.
    case created(Int)
    /// When it stops to count, in Unix seconds.
    case expires(Int)
    /// A value used once.
    case nonce(String)
    /// The algorithm's registered name, such as `hmac-sha256`.
    case algorithm(String)
    /// Which key was used.
    case keyID(String)
    /// The application that the signature is for.
    case tag(String)

    /// The parameter as it stands in `Signature-Input`, such as `;created=1618884473`.
    ///
    /// Throws `SigningError.unwritable` for text that a structured field cannot hold.
    func text() throws(SigningError) -> String {
        switch self {
        case .created(let seconds): ";created=\(seconds)"
        case .expires(let seconds): ";expires=\(seconds)"
        case .nonce(let value): ";nonce=\(try quoted(value))"
        case .algorithm(let value): ";alg=\(try quoted(value))"
        case .keyID(let value): ";keyid=\(try quoted(value))"
        case .tag(let value): ";tag=\(try quoted(value))"
        }
    }
}

/// A string of a structured field (RFC 9651 section 4.1.6): visible ASCII and spaces, in quotes.
func quoted(_ value: String) throws(SigningError) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
        guard (0x20...0x7E).contains(scalar.value) else {
            throw .unwritable("a structured field holds visible ASCII only")
        }
        if scalar == "\"" || scalar == "\\" { text.append("\\") }
        text.unicodeScalars.append(scalar)
    }
    return text + "\""
}
