import FoundationEssentials

/// How signature bytes are written in a header.
package enum SignatureEncoding: String, Sendable, Hashable, CaseIterable {
    /// Two lower-case hexadecimal digits a byte.
    case hexLower = "hex"
    /// Two upper-case hexadecimal digits a byte. No contract asks for it; it exists so that a wrong signer can be named.
    case hexUpper = "hex-upper"
    /// The standard alphabet with padding (RFC 4648 section 4).
    case base64
    /// The alphabet for URLs and file names, with padding (RFC 4648 section 5).
    case base64URL = "base64url"

    /// The name a person knows it by.
    package var displayName: String {
        switch self {
        case .hexLower: "lower-case hex"
        case .hexUpper: "upper-case hex"
        case .base64: "base64"
        case .base64URL: "base64url"
        }
    }

    /// Writes bytes in this encoding.
    package func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .hexLower: hex(bytes, digits: Array("0123456789abcdef".utf8))
        case .hexUpper: hex(bytes, digits: Array("0123456789ABCDEF".utf8))
        case .base64: Data(bytes).base64EncodedString()
        case .base64URL:
            translate(Data(bytes).base64EncodedString(), from: ["+", "/"], to: ["-", "_"])
        }
    }

    /// Reads bytes written in exactly this encoding; nil for anything a strict reader would refuse, such as missing padding,
    /// stray bits after the last byte, white space, or hexadecimal digits of the other case.
    package func decode(_ text: String) -> [UInt8]? {
        let bytes: [UInt8]?
        switch self {
        case .hexLower, .hexUpper: bytes = unhex(text)
        case .base64: bytes = Data(base64Encoded: text).map(Array.init)
        case .base64URL:
            bytes = Data(base64Encoded: translate(text, from: ["-", "_"], to: ["+", "/"])).map(Array.init)
        }
        // The lenient readings above are made strict by writing the bytes again; the text is no secret.
        return bytes.flatMap { encode($0) == text ? $0 : nil }
    }

    /// The length of a written signature of that many bytes, in characters.
    package func length(ofBytes count: Int) -> Int {
        switch self {
        case .hexLower, .hexUpper: count * 2
        case .base64, .base64URL: (count + 2) / 3 * 4
        }
    }
}

private func translate(_ text: String, from: [Character], to: [Character]) -> String {
    String(text.map { character in from.firstIndex(of: character).map { to[$0] } ?? character })
}

private func hex(_ bytes: [UInt8], digits: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 0x0F)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// Reads hexadecimal digits of either case.
func unhex(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes
}

private func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
