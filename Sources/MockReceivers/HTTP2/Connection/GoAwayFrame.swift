/// A GOAWAY frame (RFC 9113 section 6.8) that is written by hand, so that it may name any stream as the last.
struct GoAwayFrame: Equatable {
    let code: HTTP2Code
    /// 0 when no stream was processed.
    let lastStream: Int

    var bytes: [UInt8] {
        let header: [UInt8] = [0, 0, 8, FrameSpotter.Kind.goAway, 0, 0, 0, 0, 0]
        return header + Self.bytes(of: UInt32(clamping: lastStream) & 0x7FFF_FFFF) + Self.bytes(of: code.number)
    }

    private static func bytes(of number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
