/// Unpacks DEFLATE (RFC 1951), to so many bytes at most.
struct Inflater {
    private let bytes: [UInt8]
    private let most: Int
    /// The bit that is read next.
    private var bit: Int
    private(set) var output: [UInt8] = []

    init(_ bytes: [UInt8], from start: Int, atMost most: Int) {
        self.bytes = bytes
        self.most = most
        bit = start * 8
    }

    /// The first byte behind what was read.
    var position: Int { (bit + 7) / 8 }

    /// Reads blocks up to the last one.
    mutating func run() throws(GzipError) {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try stored()
            case 1: try coded(Self.fixedLiterals, Self.fixedDistances)
            case 2:
                let (literals, distances) = try dynamicCodes()
                try coded(literals, distances)
            default: throw GzipError(reason: "it has a block of no known kind")
            }
        }
    }

    private mutating func take(_ count: Int) throws(GzipError) -> Int {
        guard bit + count <= bytes.count * 8 else { throw GzipError(reason: "it breaks off") }
        var value = 0
        for place in 0..<count {
            value |= Int(bytes[bit >> 3] >> UInt8(bit & 7) & 1) << place
            bit += 1
        }
        return value
    }

    private mutating func put(_ byte: UInt8) throws(GzipError) {
        guard output.count < most else { throw GzipError(reason: "it unpacks to more than \(most) bytes") }
        output.append(byte)
    }

    private mutating func stored() throws(GzipError) {
        bit = position * 8
        let count = try take(16)
        guard try take(16) == ~count & 0xFFFF else { throw GzipError(reason: "a block has a wrong length") }
        guard bit / 8 + count <= bytes.count else { throw GzipError(reason: "it breaks off") }
        for byte in bytes[bit / 8..<bit / 8 + count] { try put(byte) }
        bit += count * 8
    }

    private mutating func coded(_ literals: HuffmanCode, _ distances: HuffmanCode) throws(GzipError) {
        while true {
            let symbol = try next(literals)
            if symbol < 256 {
                try put(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol <= 285 else { throw GzipError(reason: "it has a length of no known kind") }
            let length = Self.lengths[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
            let code = try next(distances)
            guard code < 30 else { throw GzipError(reason: "it has a distance of no known kind") }
            let distance = Self.distances[code] + (try take(Self.distanceBits[code]))
            guard distance <= output.count else { throw GzipError(reason: "it refers to what is not there") }
            for _ in 0..<length { try put(output[output.count - distance]) }
        }
    }

    private mutating func next(_ code: HuffmanCode) throws(GzipError) -> Int {
        var (word, first, index) = (0, 0, 0)
        for length in 1...15 {
            word |= try take(1)
            let count = code.counts[length]
            if word - first < count { return code.symbols[index + word - first] }
            index += count
            first = (first + count) << 1
            word <<= 1
        }
        throw GzipError(reason: "it has a code word that stands for nothing")
    }

    private mutating func dynamicCodes() throws(GzipError) -> (HuffmanCode, HuffmanCode) {
        let (literalCount, distanceCount, lengthCount) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
        var codeLengths = [Int](repeating: 0, count: 19)
        for place in Self.lengthOrder.prefix(lengthCount) { codeLengths[place] = try take(3) }
        let code = HuffmanCode(lengths: codeLengths)
        var lengths: [Int] = []
        while lengths.count < literalCount + distanceCount {
            switch try next(code) {
            case 16:
                guard let last = lengths.last else { throw GzipError(reason: "it repeats what is not there") }
                lengths += Array(repeating: last, count: 3 + (try take(2)))
            case 17: lengths += Array(repeating: 0, count: 3 + (try take(3)))
            case 18: lengths += Array(repeating: 0, count: 11 + (try take(7)))
            case let length: lengths.append(length)
            }
        }
        guard lengths.count == literalCount + distanceCount else { throw GzipError(reason: "its codes are too many") }
        return (
            HuffmanCode(lengths: Array(lengths[..<literalCount])),
            HuffmanCode(lengths: Array(lengths[literalCount...]))
        )
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengths = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distances = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
    private static let fixedLiterals = HuffmanCode(
        lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    )
    private static let fixedDistances = HuffmanCode(lengths: Array(repeating: 5, count: 30))
}

/// A canonical Huffman code (RFC 1951 section 3.2.2).
struct HuffmanCode {
    /// How many code words there are of each length.
    let counts: [Int]
    /// The symbols in the order of their code words.
    let symbols: [Int]

    init(lengths: [Int]) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[length] += 1 }
        counts[0] = 0
        self.counts = counts
        symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }
}
