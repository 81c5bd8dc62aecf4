/// Packs bytes with gzip (RFC 1952), in one block of fixed codes (RFC 1951 section 3.2.6).
package enum GzipEncoding {
    /// Matches are looked for so far back, in bytes.
    private static let window = 32768
    private static let longestMatch = 258

    /// Packs `bytes`; the same bytes are packed the same way every time, so that a retry repeats its body.
    package static func packed(_ bytes: [UInt8]) -> [UInt8] {
        // No name, no time, and an operating system that is not said.
        var writer = BitWriter(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
        writer.put(0b011, bits: 3)
        var latest: [UInt32: Int] = [:]
        var at = 0
        while at < bytes.count {
            let match = match(in: bytes, at: at, latest)
            let length = match?.length ?? 1
            if let match { writer.put(match) } else { writer.put(literal: Int(bytes[at])) }
            for place in at..<max(at, min(at + length, bytes.count - 2)) { latest[Self.key(bytes, place)] = place }
            at += length
        }
        writer.put(literal: 256)
        writer.finish()
        writer.put(CRC.checksum(of: bytes))
        writer.put(UInt32(truncatingIfNeeded: bytes.count))
        return writer.bytes
    }

    private static func key(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
    }

    /// The last place where the next three bytes stood, and for how long it goes on alike.
    private static func match(in bytes: [UInt8], at: Int, _ latest: [UInt32: Int]) -> Match? {
        guard at + 3 <= bytes.count, let place = latest[key(bytes, at)], at - place <= window else { return nil }
        let most = min(longestMatch, bytes.count - at)
        var length = 3
        while length < most, bytes[place + length] == bytes[at + length] { length += 1 }
        return Match(length: length, distance: at - place)
    }

    fileprivate struct Match {
        var length: Int
        var distance: Int
    }
}

/// Writes bits from the lowest of each byte on.
private struct BitWriter {
    var bytes: [UInt8]
    private var pending: UInt64 = 0
    private var count = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func put(_ value: Int, bits: Int) {
        pending |= UInt64(value) << UInt64(count)
        count += bits
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            count -= 8
        }
    }

    /// A code word is written from its highest bit on.
    private mutating func put(code: Int, bits: Int) {
        for place in (0..<bits).reversed() { put(code >> place & 1, bits: 1) }
    }

    mutating func put(literal symbol: Int) {
        switch symbol {
        case 0..<144: put(code: 0x30 + symbol, bits: 8)
        case 144..<256: put(code: 0x190 + symbol - 144, bits: 9)
        case 256..<280: put(code: symbol - 256, bits: 7)
        default: put(code: 0xC0 + symbol - 280, bits: 8)
        }
    }

    mutating func put(_ match: GzipEncoding.Match) {
        let length = Self.lengths.lastIndex { $0.base <= match.length } ?? 0
        put(literal: 257 + length)
        put(match.length - Self.lengths[length].base, bits: Self.lengths[length].bits)
        let distance = Self.distances.lastIndex { $0.base <= match.distance } ?? 0
        put(code: distance, bits: 5)
        put(match.distance - Self.distances[distance].base, bits: Self.distances[distance].bits)
    }

    mutating func put(_ number: UInt32) {
        for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(place * 8))) }
    }

    /// Fills the last byte up.
    mutating func finish() {
        if count > 0 { put(0, bits: 8 - count) }
    }

    private typealias Step = (base: Int, bits: Int)

    /// The first length of each code from 257 on, and how many bits follow it; 258 has a code of its own.
    private static let lengths: [Step] = steps(from: 3, groups: 6, each: 4, first: 8) + [(258, 0)]
    private static let distances: [Step] = steps(from: 1, groups: 14, each: 2, first: 4)

    /// The codes of RFC 1951 section 3.2.5: the first few stand for one value each, then each group needs one bit more.
    private static func steps(from start: Int, groups: Int, each: Int, first: Int) -> [Step] {
        var steps: [Step] = (0..<first).map { (start + $0, 0) }
        var base = start + first
        for bits in 1..<groups {
            for _ in 0..<each {
                steps.append((base, bits))
                base += 1 << bits
            }
        }
        return steps
    }
}

/// The checksum of RFC 1952 section 8.
private enum CRC {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }

    static func checksum(of bytes: [UInt8]) -> UInt32 {
        let table = table
        return ~bytes.reduce(UInt32.max) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }
}
