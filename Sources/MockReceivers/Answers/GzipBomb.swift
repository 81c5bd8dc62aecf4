/// A lawful gzip stream (RFC 1952) of zeros that unpacks to about 159 times its size.
///
/// It is one block of fixed Huffman codes (RFC 1951 section 3.2.6): a literal zero, then copies of 258 bytes from one byte
/// back. Such a copy takes 13 bits. The block's head, the literal and one copy fill three bytes; from there eight copies at a
/// time fill the same 13 bytes, so that any part of the stream can be made without the rest.
struct GzipBomb: Sendable, Equatable {
    /// How many bytes it unpacks to.
    let inflated: Int
    private let rounds: Int
    private let closing: [UInt8]

    private static let copy = 258
    private static let opening: [UInt8] =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + packed([1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0] + copyBits)
    private static let round = packed(Array(repeating: copyBits, count: 8).flatMap { $0 })
    /// The code of length 285, which stands for 258, and the code of distance 1.
    private static let copyBits: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]

    /// - Parameter inflated: rounded up to what whole rounds can make.
    init(inflated: Int) {
        let rest = max(0, inflated - 1 - Self.copy)
        rounds = (rest + 8 * Self.copy - 1) / (8 * Self.copy)
        self.inflated = 1 + Self.copy + rounds * 8 * Self.copy
        let endOfBlock: [UInt8] = [0]
        closing =
            endOfBlock + Self.littleEndian(CRC32.ofZeros(self.inflated))
            + Self.littleEndian(UInt32(truncatingIfNeeded: self.inflated))
    }

    var count: Int { Self.opening.count + rounds * Self.round.count + closing.count }

    /// The bytes of a range that lies inside.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        let begin = Self.opening.count
        let end = begin + rounds * Self.round.count
        return range.map { index in
            if index < begin { return Self.opening[index] }
            if index < end { return Self.round[(index - begin) % Self.round.count] }
            return closing[index - end]
        }
    }

    /// Packs bits into bytes; the first bit of a byte is its lowest.
    private static func packed(_ bits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(start + 8, bits.count)].reversed().reduce(0) { $0 << 1 | $1 }
        }
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}

/// The checksum of gzip (RFC 1952 section 8), for runs of zeros.
enum CRC32 {
    /// The checksum of `count` zero bytes, in steps as many as `count` has bits.
    ///
    /// What one zero bit does to the register is linear over its 32 bits; squaring that map doubles the number of zeros.
    static func ofZeros(_ count: Int) -> UInt32 {
        var register: UInt32 = .max
        // Column i is what becomes of bit i.
        var map = (0..<32).map { bit in bit == 0 ? 0xEDB8_8320 : UInt32(1) << UInt32(bit - 1) }
        var bits = count * 8
        while bits > 0 {
            if bits & 1 == 1 { register = apply(map, register) }
            map = map.map { apply(map, $0) }
            bits >>= 1
        }
        return ~register
    }

    private static func apply(_ map: [UInt32], _ vector: UInt32) -> UInt32 {
        var result: UInt32 = 0
        for bit in 0..<32 where vector >> UInt32(bit) & 1 == 1 { result ^= map[bit] }
        return result
    }
}
