/// Reads the tokens of JSON from bytes.
struct JSONByteReader {
    let bytes: [UInt8]
    private(set) var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte, or nil at the end.
    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func error(_ message: String) -> JSONError {
        JSONError(message: message, offset: offset)
    }

    mutating func advance() {
        offset += 1
    }

    mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// Goes past a token when it is next.
    mutating func skip(_ token: String) -> Bool {
        guard bytes[offset...].starts(with: token.utf8) else { return false }
        offset += token.utf8.count
        return true
    }

    /// Reads a number (RFC 8259, section 6) and gives its literal.
    mutating func number() throws(JSONError) -> String {
        let start = offset
        _ = skip("-")
        if !skip("0") { try digits() }
        if peek.map(Self.isDigit) == true { throw error("a number does not start with 0") }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            try digits()
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// Reads a string, from its opening to its closing quote, and gives its text.
    mutating func string() throws(JSONError) -> String {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return try valid(text, from: start)
            case UInt8(ascii: "\\"):
                text.append(contentsOf: try escape())
            case 0x00..<0x20:
                throw error("a control character in a string has to be escaped")
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw error("the string is not closed")
    }

    private func valid(_ text: [UInt8], from start: Int) throws(JSONError) -> String {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw JSONError(message: "the string is not UTF-8", offset: start)
        }
        return string
    }

    private mutating func digits() throws(JSONError) {
        guard peek.map(Self.isDigit) == true else { throw error("a digit should be here") }
        while peek.map(Self.isDigit) == true { offset += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        let start = offset
        offset += 1
        guard let kind = peek else { throw error("the string is not closed") }
        if kind == UInt8(ascii: "u") {
            offset += 1
            return Array(String(Character(try unicodeEscape(from: start))).utf8)
        }
        guard let byte = Self.shortEscapes[kind] else {
            throw JSONError(message: "this is not an escape of JSON", offset: start)
        }
        offset += 1
        return [byte]
    }

    private static let shortEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    /// Reads the four digits after `\u`, and the second half of a surrogate pair when the first calls for one.
    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, skip("\\u") else {
            throw JSONError(message: "half of a surrogate pair stands alone", offset: start)
        }
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            throw JSONError(message: "half of a surrogate pair stands alone", offset: start)
        }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("`\\u` needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
