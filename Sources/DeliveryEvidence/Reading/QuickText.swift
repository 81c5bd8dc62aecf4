/// The texts of JSON as bytes.
enum QuickText {
    /// The bytes that an escaped text stands for; `nil` when an escape is none of JSON's (RFC 8259 section 7) or a surrogate
    /// stands alone.
    static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "\\") else {
                bytes.append(text[place])
                place += 1
                continue
            }
            guard place + 1 < text.count else { return nil }
            switch text[place + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(text[place + 1])
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"):
                guard let (scalar, length) = scalar(text, at: place) else { return nil }
                bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
                place += length
                continue
            default: return nil
            }
            place += 2
        }
        return bytes
    }

    /// Says that bytes are UTF-8; most are ASCII, which is quick to see.
    static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if bytes.allSatisfy({ $0 < 0x80 }) { return true }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    /// The scalar that `\uXXXX`, or two of them, stand for, and how many bytes that takes.
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> (Unicode.Scalar, Int)? {
        guard let first = unit(text, at: place) else { return nil }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard (0xD800..<0xDC00).contains(first), let second = unit(text, at: place + 6),
            (0xDC00..<0xE000).contains(second)
        else { return nil }
        let value = 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00)
        return Unicode.Scalar(value).map { ($0, 12) }
    }

    private static func unit(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt16? {
        guard place + 6 <= text.count, text[place] == UInt8(ascii: "\\"), text[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var value: UInt16 = 0
        for offset in 2..<6 {
            let byte = text[place + offset]
            let base: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): base = UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): base = UInt8(ascii: "a") - 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): base = UInt8(ascii: "A") - 10
            default: return nil
            }
            value = value << 4 | UInt16(byte - base)
        }
        return value
    }
}
