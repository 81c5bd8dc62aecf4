/// Base64 of RFC 4648 section 4, with padding, for bytes that are no text.
extension LineBytes {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// Appends the base64 of `bytes`: four letters for each three bytes.
    mutating func appendBase64(_ bytes: UnsafeBufferPointer<UInt8>) {
        let letters = Self.alphabet.utf8Start
        appendUpTo((bytes.count + 2) / 3 * 4) { memory in
            var output = memory
            var offset = 0
            while offset < bytes.count {
                let present = min(3, bytes.count - offset)
                var group = UInt32(bytes[offset]) << 16
                if present > 1 { group |= UInt32(bytes[offset + 1]) << 8 }
                if present > 2 { group |= UInt32(bytes[offset + 2]) }
                output[0] = letters[Int(group >> 18)]
                output[1] = letters[Int(group >> 12 & 63)]
                output[2] = present > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "=")
                output[3] = present > 2 ? letters[Int(group & 63)] : UInt8(ascii: "=")
                output += 4
                offset += 3
            }
            return (output - memory, ())
        }
    }
}
