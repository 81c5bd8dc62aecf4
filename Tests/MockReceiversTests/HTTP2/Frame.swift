import NIOCore
import NIOHPACK

/// A frame of HTTP/2 as a test writes it or reads it off the wire.
struct Frame: Equatable, Sendable {
    enum Kind: UInt8, Sendable {
        case data
        case headers
        case priority
        case reset
        case settings
        case push
        case ping
        case goAway
        case windowUpdate
        case continuation
    }

    static let endStream: UInt8 = 1
    static let ack: UInt8 = 1
    static let endHeaders: UInt8 = 4

    let kind: Kind
    var flags: UInt8 = 0
    var stream = 0
    var payload: [UInt8] = []

    var endsStream: Bool { (kind == .data || kind == .headers) && flags & Self.endStream != 0 }

    var bytes: [UInt8] {
        let count = payload.count
        let length = [16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
        return length + [kind.rawValue, flags] + Self.bytes(of: stream) + payload
    }

    static func bytes(of number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }

    /// The number in four bytes of the payload.
    func number(at offset: Int) -> Int {
        payload.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The complete frames at the beginning of `bytes`, and how many bytes they are.
    static func read(_ bytes: [UInt8]) -> (frames: [Frame], count: Int) {
        var frames: [Frame] = []
        var at = 0
        while bytes.count - at >= 9 {
            let length = bytes[at..<at + 3].reduce(0) { $0 << 8 | Int($1) }
            guard bytes.count - at - 9 >= length, let kind = Kind(rawValue: bytes[at + 3]) else { break }
            let stream = bytes[at + 5..<at + 9].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
            let payload = Array(bytes[at + 9..<at + 9 + length])
            frames.append(Frame(kind: kind, flags: bytes[at + 4], stream: stream, payload: payload))
            at += 9 + length
        }
        return (frames, at)
    }
}

/// The request side of HTTP/2, with headers that no table keeps.
enum Requests {
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// What a client says first.
    static let opening = preface + Frame(kind: .settings).bytes

    static func headers(
        _ extra: [(String, String)] = [],
        method: String = "POST",
        path: String = "/hooks"
    ) -> [(String, String)] {
        [(":method", method), (":scheme", "http"), (":authority", "receiver"), (":path", path)] + extra
    }

    /// A header block in which every line is written out (RFC 7541 section 6.2.2).
    static func block(_ headers: [(String, String)]) -> [UInt8] {
        headers.flatMap { name, value in [0] + text(name) + text(value) }
    }

    private static func text(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.count >= 127 else { return [UInt8(bytes.count)] + bytes }
        var rest = bytes.count - 127
        var length: [UInt8] = [127]
        while rest >= 128 {
            length.append(UInt8(rest % 128 + 128))
            rest /= 128
        }
        return length + [UInt8(rest)] + bytes
    }

    static func head(_ headers: [(String, String)] = headers(), on stream: Int, ends: Bool = false) -> [UInt8] {
        let flags = Frame.endHeaders | (ends ? Frame.endStream : 0)
        return Frame(kind: .headers, flags: flags, stream: stream, payload: block(headers)).bytes
    }

    static func body(_ text: String, on stream: Int, ends: Bool = true) -> [UInt8] {
        Frame(kind: .data, flags: ends ? Frame.endStream : 0, stream: stream, payload: Array(text.utf8)).bytes
    }

    /// A whole POST.
    static func post(_ text: String, headers: [(String, String)] = headers(), on stream: Int) -> [UInt8] {
        head(headers, on: stream) + body(text, on: stream)
    }
}

/// What came of a connection of HTTP/2, read as a client would.
struct FrameReader {
    private var pending: [UInt8] = []
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
    private(set) var frames: [Frame] = []
    /// The header blocks of each stream in order.
    private(set) var heads: [Int: [[String: String]]] = [:]
    private(set) var bodies: [Int: [UInt8]] = [:]
    /// The bytes behind the last complete frame.
    var rest: [UInt8] { pending }

    mutating func take(_ bytes: [UInt8]) {
        pending += bytes
        let (new, count) = Frame.read(pending)
        pending.removeFirst(count)
        for frame in new {
            frames.append(frame)
            if frame.kind == .data { bodies[frame.stream, default: []] += frame.payload }
            guard frame.kind == .headers, frame.flags & Frame.endHeaders != 0 else { continue }
            var block = ByteBuffer(bytes: frame.payload)
            let headers = (try? decoder.decodeHeaders(from: &block)) ?? [:]
            let lines = headers.map { ($0.name, $0.value) }
            heads[frame.stream, default: []].append(Dictionary(lines) { first, _ in first })
        }
    }

    func status(_ stream: Int) -> String? { heads[stream]?.last?[":status"] }
    func body(_ stream: Int) -> String? { bodies[stream].map { String(decoding: $0, as: UTF8.self) } }
    func hasEnded(_ stream: Int) -> Bool { frames.contains { $0.stream == stream && $0.endsStream } }
    /// The code of RST_STREAM.
    func resetCode(_ stream: Int) -> Int? { frames.first { $0.kind == .reset && $0.stream == stream }?.number(at: 0) }
    /// How many PING frames were acknowledged.
    var pings: Int { frames.count { $0.kind == .ping && $0.flags & Frame.ack != 0 } }
    /// The last stream and the code of GOAWAY.
    var goAway: [Int]? { frames.first { $0.kind == .goAway }.map { [$0.number(at: 0), $0.number(at: 4)] } }
}
