/// Finds where bytes stop being UTF-8.
enum UTF8Scan {
    /// The length of the character that begins at `offset`, from 2 to 4 bytes; 0 where that is no UTF-8.
    ///
    /// The ranges are those of the Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences": they leave out
    /// overlong forms, surrogates and everything above U+10FFFF. The byte at `offset` is not ASCII.
    static func lengthOfCharacter(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[offset] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard bytes.count - offset >= length, second.contains(bytes[offset + 1]) else { return 0 }
        for index in 2..<length where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
