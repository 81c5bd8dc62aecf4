import Notation

/// An answer that is none, or is not what HTTP asks for.
package struct Fault: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// TCP RST.
        case reset
        /// TCP FIN.
        case close
        /// TCP FIN, but the connection is read on and stays open until the client closes it.
        case halfClose = "half-close"
        /// The connection stays open and nothing more comes.
        case hang
        /// Bytes that are not HTTP, then FIN.
        case garbage
        /// A chunk whose size line is none, then FIN.
        case malformedChunk = "malformed-chunk"
        /// Fewer bytes than the answer declares, then FIN.
        case truncate
        /// A body (or a head) that never ends.
        case endless
        /// More bytes than the answer declares.
        case wrongLength = "wrong-length"
        /// The request is read a few bytes at a time, through a small window; the answer is lawful.
        case slowRead = "slow-read"
        /// Everything is done, and RST comes instead of the 2xx.
        case lostAck = "lost-ack"
        /// The head of the 2xx comes, and its body never does.
        case ambiguousAck = "ambiguous-ack"
        /// The port refuses connections.
        case refuse
        /// The port answers nothing: the client's SYN is dropped.
        case blackhole
        /// A certificate that is over.
        case expired
        /// A certificate that is not valid yet.
        case notYetValid = "not-yet-valid"
        /// A certificate that signed itself.
        case selfSigned = "self-signed"
        /// A certificate of an authority that nobody was told to trust.
        case unknownAuthority = "unknown-authority"
        /// A certificate of another host.
        case wrongHost = "wrong-host"
        /// Nothing newer than TLS 1.1 is spoken.
        case oldVersion = "old-version"
        /// The ClientHello is never answered.
        case handshakeStall = "handshake-stall"
        /// The ClientHello is answered by a fatal alert.
        case handshakeAbort = "handshake-abort"
        /// TCP FIN without close_notify, in the middle of the body.
        case tlsTruncation = "tls-truncation"
        /// HTTP/2: GOAWAY, then FIN.
        case goAway = "goaway"
        /// HTTP/2: RST_STREAM.
        case resetStream = "rst-stream"

        /// Says that it happens before any request can be read.
        package var happensToConnection: Bool {
            switch self {
            case .refuse, .blackhole: true
            default: happensToHandshake
            }
        }

        /// Says that it happens to the TLS handshake.
        package var happensToHandshake: Bool {
            switch self {
            case .expired, .notYetValid, .selfSigned, .unknownAuthority, .wrongHost, .oldVersion, .handshakeStall,
                .handshakeAbort:
                true
            default: false
            }
        }
    }

    package var kind: Kind
    package var at: Point
    /// Wait before it, counted from when its point is reached.
    package var after: Duration
    /// What `after` is drawn from for each attempt.
    package var spread: DelaySpread?
    /// The answer it happens to.
    package var answer: Response
    /// How many bytes `wrong-length` sends beyond the declared ones, and `garbage` sends; what `endless` and `slow-read`
    /// take at a time.
    package var bytes: Int
    /// How long `endless` and `slow-read` wait between portions.
    package var every: Duration
    /// The error code of HTTP/2 (RFC 9113 section 7) that `goaway` and `rst-stream` carry.
    package var code: UInt32

    package init(
        kind: Kind,
        at: Point? = nil,
        after: Duration = .zero,
        spread: DelaySpread? = nil,
        answer: Response = Fault.answer,
        bytes: Int? = nil,
        every: Duration? = nil,
        code: UInt32? = nil
    ) {
        self.kind = kind
        self.at = at ?? kind.usualPoint
        self.after = after
        self.spread = spread
        self.answer = answer
        self.bytes = bytes ?? kind.usualBytes
        self.every = every ?? kind.usualPause
        self.code = code ?? kind.usualCode
    }

    /// The answer a fault happens to when the script names none: a 200 with a length, so that a cut is a cut for every
    /// client.
    ///
    /// Without a length some TLS clients take the end of the connection for the end of the body and report success.
    package static let answer = Response(
        status: 200,
        headers: [ReplyHeader(name: "Content-Type", value: "text/plain")],
        body: "This answer is cut in half on purpose by the script of its mock."
    )

    /// The fault in a few words, such as `fault reset after 17 bytes of the body`, as it stands in receipts.
    package var summary: String {
        var words = "fault \(kind.rawValue)"
        if !kind.happensToConnection { words += " \(at.text)" }
        if let spread {
            words += ", \(spread.text) later"
        } else if after > .zero {
            words += ", \(DurationNotation.text(after)) later"
        }
        return words
    }
}

extension Fault.Kind {
    /// Where it happens when the script does not say.
    package var usualPoint: Fault.Point {
        switch self {
        case .refuse, .blackhole: .accept
        case .expired, .notYetValid, .selfSigned, .unknownAuthority, .wrongHost, .oldVersion, .handshakeStall,
            .handshakeAbort:
            .handshake
        case .malformedChunk, .endless, .ambiguousAck: .answerHead
        case .truncate, .tlsTruncation: .insideBody
        case .slowRead: .head
        case .wrongLength: .end
        case .reset, .close, .halfClose, .hang, .garbage, .lostAck, .goAway, .resetStream: .request
        }
    }

    /// The points at which it makes sense.
    package var points: [Fault.Point] {
        switch self {
        case .reset, .close, .halfClose, .hang, .garbage: Fault.Point.samples
        case .malformedChunk, .truncate, .tlsTruncation: [.answerHead, .insideBody, .body(0)]
        case .endless: [.answerHead, .header(1), .insideBody, .body(0)]
        case .goAway, .resetStream: [.head, .requestBody(0), .request, .answerHead, .insideBody, .body(0), .end]
        default: [usualPoint]
        }
    }

    fileprivate var usualBytes: Int {
        switch self {
        case .endless: 1024
        case .slowRead: 512
        case .wrongLength: 10
        default: 64
        }
    }

    fileprivate var usualPause: Duration {
        switch self {
        case .endless: .milliseconds(100)
        case .slowRead: .seconds(1)
        default: .zero
        }
    }

    /// NO_ERROR for a GOAWAY, CANCEL for a stream.
    fileprivate var usualCode: UInt32 { self == .resetStream ? 8 : 0 }
}
