/// Finds what could be an alias without understanding YAML.
enum YAMLAliases {
    /// Tells whether the text may have aliases that stand for something: both signs occur where a value may begin.
    static func mayOccur(in text: String) -> Bool {
        var hasAnchor = false
        var hasAlias = false
        forEachSign(in: text) { sign, _ in
            if sign == UInt8(ascii: "&") { hasAnchor = true } else { hasAlias = true }
        }
        return hasAnchor && hasAlias
    }

    /// Gives the text with the sign of everything that could be an alias replaced, so that it is a plain word.
    ///
    /// All positions stay the same. Text in quotes may change too, so the result is good only for looking for anchors.
    static func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        forEachSign(in: text) { sign, offset in
            if sign == UInt8(ascii: "*") { bytes[offset] = UInt8(ascii: "_") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Visits each `&` and `*` that has a name after it and white space, a bracket, a comma or the start before it.
    private static func forEachSign(in text: String, _ visit: (UInt8, Int) -> Void) {
        let bytes = Array(text.utf8)
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
            let before = offset == 0 ? UInt8(ascii: "\n") : bytes[offset - 1]
            let after = offset + 1 < bytes.count ? bytes[offset + 1] : UInt8(ascii: "\n")
            if !isWordByte(before), !isSpace(after) { visit(byte, offset) }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xFF:
            true
        default: false
        }
    }
}
