import NIOCore
import NIOHPACK

/// What a client sends for one POST over HTTP/2, on stream 1.
enum HTTP2Request {
    /// The connection's opening and the request's head; the body follows.
    static func opening(length: Int, isTLS: Bool) -> [UInt8] {
        let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        // SETTINGS_INITIAL_WINDOW_SIZE (4), and as much for the connection, so that no answer waits for a window.
        let settings = HTTP2Frame(.settings, stream: 0, payload: [0, 4] + window).bytes
        let update = HTTP2Frame(.windowUpdate, stream: 0, payload: window).bytes
        return preface + settings + update + head(length: length, isTLS: isTLS)
    }

    /// 16 MiB.
    private static let window: [UInt8] = [1, 0, 0, 0]

    /// A frame that a server answers, or at least reads.
    static let ping = HTTP2Frame(.ping, stream: 0, payload: [UInt8](repeating: 1, count: 8)).bytes

    private static func head(length: Int, isTLS: Bool) -> [UInt8] {
        let headers = HPACKHeaders([
            (":method", "POST"), (":scheme", isTLS ? "https" : "http"), (":authority", "127.0.0.1"),
            (":path", "/hooks"),
            ("content-type", "application/json"), ("content-length", "\(length)"), ("user-agent", "hookassay-doctor"),
        ])
        var encoder = HPACKEncoder(allocator: ByteBufferAllocator())
        var block = ByteBuffer()
        // It throws only when a table size was set that is not allowed, and none was.
        do { try encoder.encode(headers: headers, to: &block) } catch { return [] }
        return HTTP2Frame(
            .headers,
            flags: HTTP2Frame.endHeaders,
            stream: 1,
            payload: Array(block.readableBytesView)
        ).bytes
    }

    /// Part of the request's body.
    static func body(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        HTTP2Frame(.data, flags: isLast ? HTTP2Frame.endStream : 0, stream: 1, payload: bytes).bytes
    }
}
