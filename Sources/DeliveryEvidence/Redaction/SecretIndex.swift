/// Finds any of many secrets in bytes, going over them once.
///
/// Most bytes are passed by a look into a bitmap of the pairs with which a secret begins, so the price of many secrets
/// is paid only where one could really start.
struct SecretIndex {
    private struct Pattern {
        let bytes: [UInt8]
        let replacement: [UInt8]
    }

    private var patterns: [UInt32: [Pattern]] = [:]
    private var pairs = [UInt64](repeating: 0, count: 1024)
    private var shortest = Int.max

    var isEmpty: Bool { patterns.isEmpty }

    /// Adds a form of a secret; it has at least four bytes.
    mutating func add(_ bytes: [UInt8], replacement: String) {
        let key = bytes.withUnsafeBufferPointer { Self.key($0, at: 0) }
        var group = patterns[key] ?? []
        guard !group.contains(where: { $0.bytes == bytes }) else { return }
        group.append(Pattern(bytes: bytes, replacement: Array(replacement.utf8)))
        // The longest first: padded base64 starts with the unpadded.
        group.sort { $0.bytes.count > $1.bytes.count }
        patterns[key] = group
        let pair = Int(bytes[0]) << 8 | Int(bytes[1])
        pairs[pair >> 6] |= 1 << UInt64(pair & 63)
        shortest = min(shortest, bytes.count)
    }

    /// The bytes with every secret replaced, or `nil` when there is none in them.
    func replacing(in bytes: [UInt8]) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { replacing(in: $0) }
    }

    /// The text with every secret replaced, or `nil` when there is none in it.
    func replacing(in text: String) -> String? {
        var text = text
        return text.withUTF8 { replacing(in: $0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    private func replacing(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard bytes.count >= shortest else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var offset = 0
        let last = bytes.count - shortest
        while offset <= last {
            let pair = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
            guard pairs[pair >> 6] & (1 << UInt64(pair & 63)) != 0, let found = pattern(in: bytes, at: offset) else {
                offset += 1
                continue
            }
            result += bytes[copied..<offset]
            result += found.replacement
            offset += found.bytes.count
            copied = offset
        }
        return copied == 0 ? nil : result + bytes[copied...]
    }

    private func pattern(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Pattern? {
        patterns[Self.key(bytes, at: offset)]?.first { bytes[offset...].starts(with: $0.bytes) }
    }

    private static func key(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32 {
        UInt32(bytes[offset]) << 24 | UInt32(bytes[offset + 1]) << 16 | UInt32(bytes[offset + 2]) << 8
            | UInt32(bytes[offset + 3])
    }
}
