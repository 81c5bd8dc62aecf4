/// What each ASCII byte becomes in a JSON string.
///
/// What is escaped, and how, is what Foundation's encoder does with `withoutEscapingSlashes`: the quotation mark, the
/// backslash and the controls below U+0020, five of them by letter, the others as `\u00xx`. Everything else stays as it
/// is, U+007F, U+2028 and U+2029 included.
struct JSONEscape {
    /// One entry for each ASCII byte.
    static let table: [JSONEscape] = (0..<0x80).map { JSONEscape(of: $0) }

    /// From the lowest byte on what is written, at most six bytes, and in the highest how many they are.
    ///
    /// So all eight can be stored without asking how many count, which is what makes the table faster than branches.
    private let packed: UInt64

    private init(of byte: UInt8) {
        let text: [UInt8] =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case 0x08: Array(#"\b"#.utf8)
            case 0x09: Array(#"\t"#.utf8)
            case 0x0A: Array(#"\n"#.utf8)
            case 0x0C: Array(#"\f"#.utf8)
            case 0x0D: Array(#"\r"#.utf8)
            case 0x00..<0x10: Array(#"\u000"#.utf8) + Array(String(byte, radix: 16).utf8)
            case 0x10..<0x20: Array(#"\u00"#.utf8) + Array(String(byte, radix: 16).utf8)
            default: [byte]
            }
        packed = text.reversed().reduce(0) { $0 << 8 | UInt64($1) } | UInt64(text.count) << 56
    }

    /// How many of the stored bytes count.
    @inline(__always)
    var count: Int { Int(packed >> 56) }

    /// Stores eight bytes, of which the first ``count`` are the text.
    @inline(__always)
    func store(to memory: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(memory).storeBytes(of: packed.littleEndian, as: UInt64.self)
    }
}
