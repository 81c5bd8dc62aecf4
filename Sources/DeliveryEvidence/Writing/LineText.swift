/// JSON strings, in one pass over their bytes.
extension LineBytes {
    /// How many bytes of a string are written before room is made for more: few enough that room for the worst of them,
    /// six for each, can be made at once.
    private static let stretch = 1024

    /// Appends `text` in quotation marks.
    mutating func appendQuoted(_ text: String) {
        var text = text
        // Native strings are contiguous UTF-8 already, so nothing is converted here.
        text.withUTF8 { utf8 in
            let isText = appendQuoted(utf8)
            precondition(isText, "a String is always UTF-8")
        }
    }

    /// Appends `bytes` in quotation marks and returns `true`; where they are not UTF-8, appends nothing and returns
    /// `false`.
    ///
    /// Whether they are is found on the way: bytes below 0x80 need no look at all, and they are nearly all there are.
    mutating func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = count
        append(UInt8(ascii: "\""))
        var offset = 0
        while offset < bytes.count {
            guard let next = appendEscaped(bytes, from: offset) else {
                truncate(to: start)
                return false
            }
            offset = next
        }
        append(UInt8(ascii: "\""))
        return true
    }

    /// Appends a stretch of a string and returns where it ended; `nil` where the bytes are not UTF-8.
    private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let end = min(start + Self.stretch, bytes.count)
        // A step may begin just before the end: eight bytes more, all escaped, and the last one stored as eight.
        return appendUpTo(6 * (Self.stretch + 8) + 8) { memory in
            JSONEscape.table.withUnsafeBufferPointer { escapes in
                var offset = start
                var output = memory
                while offset < end {
                    if bytes.count - offset >= 8 {
                        let word = ByteWord(loadedFrom: bytes, at: offset)
                        if word.isPlain {
                            word.store(to: output)
                            offset += 8
                            output += 8
                            continue
                        }
                        if word.isASCII {
                            for byte in bytes[offset..<offset + 8] {
                                let escape = escapes[Int(byte)]
                                escape.store(to: output)
                                output += escape.count
                            }
                            offset += 8
                            continue
                        }
                    }
                    let byte = bytes[offset]
                    if byte < 0x80 {
                        let escape = escapes[Int(byte)]
                        escape.store(to: output)
                        output += escape.count
                        offset += 1
                    } else {
                        let length = UTF8Scan.lengthOfCharacter(in: bytes, at: offset)
                        guard length > 0 else { return (0, nil) }
                        for index in 0..<length { output[index] = bytes[offset + index] }
                        output += length
                        offset += length
                    }
                }
                return (output - memory, offset)
            }
        }
    }
}
