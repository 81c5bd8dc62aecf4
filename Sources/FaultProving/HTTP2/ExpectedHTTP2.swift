/// What must come on a connection of HTTP/2 that carries one request.
package struct ExpectedHTTP2: Sendable, Hashable {
    /// How far the body goes.
    package enum Body: Sendable, Hashable {
        case none
        case half
        case bytes(Int)
        case whole
        /// So many bytes more than declared.
        case surplus(Int)
        /// At least so many bytes, and no declared length.
        case endless(Int)
    }

    /// How the stream ends.
    package enum StreamEnd: Sendable, Hashable {
        case ended
        case notEnded
        /// Both are right: a whole answer may be ended before its connection breaks.
        case either
    }

    /// The status; `nil` when no head must come.
    package var status: Int?
    package var interim: [Int]
    package var body: Body
    package var streamEnd: StreamEnd
    package var resetCode: UInt32?
    package var goAwayCode: UInt32?
    /// How many bytes follow that are no frame.
    package var garbage: Int

    package init(
        status: Int?,
        interim: [Int] = [],
        body: Body = .none,
        streamEnd: StreamEnd = .notEnded,
        resetCode: UInt32? = nil,
        goAwayCode: UInt32? = nil,
        garbage: Int = 0
    ) {
        self.status = status
        self.interim = interim
        self.body = body
        self.streamEnd = streamEnd
        self.resetCode = resetCode
        self.goAwayCode = goAwayCode
        self.garbage = garbage
    }

    /// What the sight has against it; `nil` when it is as expected.
    package func mismatch(_ sight: HTTP2Sight) -> String? {
        guard sight.beginsWithSettings else { return "no SETTINGS at the beginning" }
        let isSo =
            sight.status == status && sight.interim == interim && isRight(sight.body, of: sight.declaredLength)
            && sight.resetCode == resetCode && sight.goAway?.code == goAwayCode && sight.unread == garbage
            && isRight(sight.endsStream)
        return isSo ? nil : "\(sight.text) instead of \(text)"
    }

    private func isRight(_ count: Int, of declared: Int?) -> Bool {
        switch body {
        case .none: count == 0
        case .half: declared.map { $0 / 2 } == count
        case .bytes(let wanted): count == wanted
        case .whole: declared == count
        case .surplus(let surplus): declared.map { $0 + surplus } == count
        case .endless(let least): count >= least && declared == nil
        }
    }

    private func isRight(_ endsStream: Bool) -> Bool {
        switch streamEnd {
        case .ended: endsStream
        case .notEnded: !endsStream
        case .either: true
        }
    }

    /// What is expected, in a few words.
    package var text: String {
        var words = interim.map { "HEADERS \($0)" }
        if let status { words.append("HEADERS \(status)") }
        switch body {
        case .none: break
        case .half: words.append("half of the DATA")
        case .bytes(let count): words.append("\(count) bytes of DATA")
        case .whole: words.append("all of the DATA")
        case .surplus(let count): words.append("\(count) bytes of DATA more than declared")
        case .endless(let least): words.append("at least \(least) bytes of DATA")
        }
        if streamEnd == .ended { words.append("END_STREAM") }
        if let resetCode { words.append("RST_STREAM \(resetCode)") }
        if let goAwayCode { words.append("GOAWAY \(goAwayCode)") }
        if garbage > 0 { words.append("\(garbage) bytes that are no frame") }
        return words.isEmpty ? "no frame of an answer" : words.joined(separator: ", ")
    }
}
