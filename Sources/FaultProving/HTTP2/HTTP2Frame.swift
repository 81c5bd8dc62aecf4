/// A frame of HTTP/2 as it is on the wire (RFC 9113 section 4).
package struct HTTP2Frame: Sendable, Hashable {
    /// The types a victim knows; any other is passed over.
    package enum Kind: UInt8, Sendable, Hashable {
        case data = 0
        case headers = 1
        case resetStream = 3
        case settings = 4
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    package var type: UInt8
    package var flags: UInt8
    package var stream: Int
    package var payload: [UInt8]

    package init(_ kind: Kind, flags: UInt8 = 0, stream: Int, payload: [UInt8] = []) {
        type = kind.rawValue
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    private init(type: UInt8, flags: UInt8, stream: Int, payload: [UInt8]) {
        self.type = type
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    package var kind: Kind? { Kind(rawValue: type) }
    package var endsStream: Bool { flags & Self.endStream != 0 }

    static let endStream: UInt8 = 0x1
    static let endHeaders: UInt8 = 0x4

    /// The frame's bytes.
    package var bytes: [UInt8] {
        let length = payload.count
        let header: [UInt8] = [
            UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
            UInt8(truncatingIfNeeded: length), type, flags, UInt8(truncatingIfNeeded: stream >> 24),
            UInt8(truncatingIfNeeded: stream >> 16), UInt8(truncatingIfNeeded: stream >> 8),
            UInt8(truncatingIfNeeded: stream),
        ]
        return header + payload
    }

    /// The complete frames at the beginning of `bytes`.
    package static func read(_ bytes: [UInt8]) -> [HTTP2Frame] {
        var frames: [HTTP2Frame] = []
        var left = bytes[...]
        while left.count >= 9 {
            let header = Array(left.prefix(9))
            let length = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
            guard left.count >= 9 + length else { break }
            frames.append(
                HTTP2Frame(
                    type: header[3],
                    flags: header[4],
                    stream: header[5..<9].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF,
                    payload: Array(left.dropFirst(9).prefix(length))
                )
            )
            left = left.dropFirst(9 + length)
        }
        return frames
    }

    /// The number in the four bytes from `offset` of the payload on; `nil` when they are not there.
    func number(at offset: Int) -> UInt32? {
        guard payload.count >= offset + 4 else { return nil }
        return payload[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
