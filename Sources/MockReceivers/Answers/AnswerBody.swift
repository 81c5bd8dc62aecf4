import DeliveryScenarios

/// The body of an answer, which may be larger than memory: its bytes are made when they are sent.
enum AnswerBody: Sendable, Equatable {
    case nothing
    case bytes([UInt8])
    /// So many bytes of text.
    case text(Int)
    case gzip(GzipBomb)

    init(_ response: Response) {
        switch response.filler {
        case nil: self = response.body.isEmpty ? .nothing : .bytes(Array(response.body.utf8))
        case .size(let count): self = .text(count)
        case .gzip(let inflated): self = .gzip(GzipBomb(inflated: inflated))
        }
    }

    var count: Int {
        switch self {
        case .nothing: 0
        case .bytes(let bytes): bytes.count
        case .text(let count): count
        case .gzip(let bomb): bomb.count
        }
    }

    /// The value of Content-Encoding that it needs.
    var encoding: String? {
        if case .gzip = self { "gzip" } else { nil }
    }

    /// The bytes of a range that lies inside.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        switch self {
        case .nothing: []
        case .bytes(let bytes): range == 0..<bytes.count ? bytes : Array(bytes[range])
        case .text: range.map { $0 % 64 == 63 ? UInt8(ascii: "\n") : UInt8(ascii: "a") + UInt8($0 % 64 % 26) }
        case .gzip(let bomb): bomb.bytes(range)
        }
    }
}
