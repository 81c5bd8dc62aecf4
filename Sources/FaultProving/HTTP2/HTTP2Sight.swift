import NIOCore
import NIOHPACK

/// What came on a connection of HTTP/2 that carried one request, on stream 1.
package struct HTTP2Sight: Sendable, Hashable {
    /// Says that the server's SETTINGS came first, as they must.
    package var beginsWithSettings: Bool
    /// The statuses of interim answers (1xx).
    package var interim: [Int] = []
    /// The status of the answer; `nil` when no head came.
    package var status: Int?
    /// How many bytes of body came.
    package var body = 0
    /// What the answer's head declares.
    package var declaredLength: Int?
    /// Says that the stream was ended in order.
    package var endsStream = false
    /// The code of RST_STREAM on stream 1.
    package var resetCode: UInt32?
    /// The code of GOAWAY, and the last stream it acknowledges.
    package var goAway: (code: UInt32, lastStream: UInt32)? {
        get { goAwayCode.map { ($0, goAwayStream) } }
        set { (goAwayCode, goAwayStream) = (newValue?.code, newValue?.lastStream ?? 0) }
    }
    /// How many bytes at the end are no complete frame.
    package var unread: Int
    private var goAwayCode: UInt32?
    private var goAwayStream: UInt32 = 0

    /// Reads the complete frames there are.
    package init(_ bytes: [UInt8]) {
        let frames = HTTP2Frame.read(bytes)
        beginsWithSettings = frames.first?.kind == .settings
        unread = bytes.count - frames.reduce(0) { $0 + 9 + $1.payload.count }
        // One for the whole connection: what it has read it may be referred to.
        var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
        var block: [UInt8] = []
        for frame in frames {
            switch frame.kind {
            case .headers where frame.stream == 1, .continuation where frame.stream == 1:
                block += frame.payload
                guard frame.flags & HTTP2Frame.endHeaders != 0 else { continue }
                read(block, decoder: &decoder)
                block = []
                endsStream = endsStream || (frame.kind == .headers && frame.endsStream)
            case .data where frame.stream == 1:
                body += frame.payload.count
                endsStream = endsStream || frame.endsStream
            case .resetStream where frame.stream == 1: resetCode = frame.number(at: 0)
            case .goAway: if let code = frame.number(at: 4) { goAway = (code, frame.number(at: 0) ?? 0) }
            default: continue
            }
        }
    }

    private mutating func read(_ block: [UInt8], decoder: inout HPACKDecoder) {
        var buffer = ByteBuffer(bytes: block)
        // A block that cannot be read is no head, which the comparison then says.
        guard let headers = try? decoder.decodeHeaders(from: &buffer) else { return }
        let status = headers.first(name: ":status").flatMap { Int($0) }
        if let status, (100..<200).contains(status) {
            interim.append(status)
            return
        }
        self.status = status ?? self.status
        declaredLength = headers.first(name: "content-length").flatMap { Int($0) }
    }

    /// Says that something came that is not SETTINGS and the like, which a server sends of its own accord.
    package var isAnswerBegun: Bool {
        status != nil || body > 0 || endsStream || resetCode != nil || goAway != nil || !interim.isEmpty || unread > 0
    }

    /// What came, in a few words.
    package var text: String {
        var words: [String] = []
        words += interim.map { "HEADERS \($0)" }
        if let status { words.append("HEADERS \(status)") }
        if body > 0 { words.append("\(body) bytes of DATA") }
        if endsStream { words.append("END_STREAM") }
        if let resetCode { words.append("RST_STREAM \(resetCode)") }
        if let goAway { words.append("GOAWAY \(goAway.code)") }
        if unread > 0 { words.append("\(unread) bytes that are no frame") }
        return words.isEmpty ? "no frame of an answer" : words.joined(separator: ", ")
    }
}
