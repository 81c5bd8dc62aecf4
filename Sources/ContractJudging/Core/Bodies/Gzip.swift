/// Why bytes are not gzip, or are not unpacked here.
struct GzipError: Error {
    /// In words, without capital and full stop.
    var reason: String
}

/// Unpacks gzip (RFC 1952).
///
/// What a dispatcher sends is as hostile as anything that comes over a network, so that the result is bounded.
enum Gzip {
    /// No body is unpacked to more than this (64 MiB).
    static let most = 64 << 20

    static func unpacked(_ bytes: [UInt8], atMost most: Int = Gzip.most) throws(GzipError) -> [UInt8] {
        guard bytes.count >= 18, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 else {
            throw GzipError(reason: "it does not begin as gzip does")
        }
        let start = try headEnd(bytes)
        var inflater = Inflater(bytes, from: start, atMost: most)
        try inflater.run()
        let end = inflater.position
        guard end + 8 <= bytes.count else { throw GzipError(reason: "its end is missing") }
        guard number(bytes, at: end) == checksum(inflater.output) else {
            throw GzipError(reason: "its checksum is wrong")
        }
        guard number(bytes, at: end + 4) == UInt32(truncatingIfNeeded: inflater.output.count) else {
            throw GzipError(reason: "its length is wrong")
        }
        guard end + 8 == bytes.count else { throw GzipError(reason: "something follows its end") }
        return inflater.output
    }

    /// Where the packed data begins: behind the optional parts that the flags name.
    private static func headEnd(_ bytes: [UInt8]) throws(GzipError) -> Int {
        let flags = bytes[3]
        var at = 10
        if flags & 4 != 0 {
            guard at + 2 <= bytes.count else { throw GzipError(reason: "its head is cut") }
            at += 2 + Int(bytes[at]) + Int(bytes[at + 1]) << 8
        }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard at < bytes.count, let zero = bytes[at...].firstIndex(of: 0) else {
                throw GzipError(reason: "its head is cut")
            }
            at = zero + 1
        }
        if flags & 2 != 0 { at += 2 }
        guard at <= bytes.count else { throw GzipError(reason: "its head is cut") }
        return at
    }

    private static func number(_ bytes: [UInt8], at index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[index + $1]) << UInt32($1 * 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }

    /// CRC-32 of RFC 1952 section 8.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let table = table
        return ~bytes.reduce(UInt32.max) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }
}
