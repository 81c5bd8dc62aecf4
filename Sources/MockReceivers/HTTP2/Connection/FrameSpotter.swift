/// Follows the frames of one direction of an HTTP/2 connection by their headers alone (RFC 9113 section 4.1).
struct FrameSpotter {
    /// The types of frames that are told apart.
    enum Kind {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let goAway: UInt8 = 7
        static let continuation: UInt8 = 9

        /// What a header block comes in.
        static let ofHead = [headers, continuation]
        /// What a request or an answer comes in.
        static let ofMessage = [data, headers, continuation]
    }

    /// Bytes that belong to one frame.
    struct Share: Equatable {
        let kind: UInt8
        let stream: Int
        var count: Int
    }

    /// How many bytes the header of a frame has.
    static let headerLength = 9

    /// The frame that began last.
    private(set) var kind: UInt8?
    private(set) var stream = 0
    /// How many GOAWAY frames there were, and the code of the last.
    private(set) var goAways = 0
    private(set) var goAwayCode = HTTP2Code.noError
    private var toSkip: Int
    private var header: [UInt8] = []
    private var payload: [UInt8] = []
    private var left = 0
    private var endsHead = false

    /// Says that a header block has begun and is not complete.
    var isInHead: Bool {
        guard let kind, Kind.ofHead.contains(kind) else { return false }
        return left > 0 || !endsHead
    }

    /// - Parameter skipping: how many bytes come before the first frame.
    init(skipping: Int) {
        toSkip = skipping
    }

    /// Takes bytes as they are on the wire, and says which frames they belong to.
    mutating func see(_ bytes: some Collection<UInt8>) -> [Share] {
        var shares: [Share] = []
        var rest = bytes[...]
        let skipped = min(toSkip, rest.count)
        toSkip -= skipped
        rest = rest.dropFirst(skipped)
        while !rest.isEmpty {
            if left == 0, header.count < Self.headerLength {
                let part = rest.prefix(Self.headerLength - header.count)
                header += part
                rest = rest.dropFirst(part.count)
                guard header.count == Self.headerLength else { break }
                begin()
                add(Self.headerLength, to: &shares)
                if left == 0 { header = [] }
                continue
            }
            let part = rest.prefix(left)
            if kind == Kind.goAway, payload.count < 8 { look(at: part) }
            left -= part.count
            rest = rest.dropFirst(part.count)
            add(part.count, to: &shares)
            if left == 0 { header = [] }
        }
        return shares
    }

    private mutating func begin() {
        left = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
        kind = header[3]
        endsHead = header[4] & 0x4 != 0
        stream = Int(header[5] & 0x7F) << 24 | Int(header[6]) << 16 | Int(header[7]) << 8 | Int(header[8])
        payload = []
        if kind == Kind.goAway { goAways += 1 }
    }

    private mutating func look(at part: some Collection<UInt8>) {
        payload += part.prefix(8 - payload.count)
        guard payload.count == 8 else { return }
        goAwayCode = HTTP2Code(number: payload[4...].reduce(0) { $0 << 8 | UInt32($1) })
    }

    private func add(_ count: Int, to shares: inout [Share]) {
        guard let kind else { return }
        if let last = shares.last, last.kind == kind, last.stream == stream {
            shares[shares.count - 1].count += count
        } else {
            shares.append(Share(kind: kind, stream: stream, count: count))
        }
    }
}
