import DeliveryEvidence

/// One step of what is done about a request, in the order in which it happens.
enum WireStep: Sendable, Equatable {
    /// Waits until so long after the request was complete; at once when that is past.
    case waitFromRequest(Duration)
    /// Waits so long from now.
    case wait(Duration)
    /// Sends an answer of 1xx, which is not counted to the answer.
    case interim([UInt8])
    /// Notes which answer is begun.
    case begin(status: Int, statusLineLength: Int)
    /// Sends bytes of the answer.
    case send([UInt8])
    /// Sends part of a body that is made as it is sent.
    case sendBody(AnswerBody, Range<Int>)
    /// Sends so many bytes at a time with a wait between two.
    case drip([UInt8], by: Int, every: Duration)
    /// Sends what an answer over HTTP/2 has besides bytes of its body.
    case stream(StreamPart)
    /// Sends portions without end.
    case endless([UInt8], every: Duration)
    /// Notes that the answer is complete; the connection is then kept or closed.
    case finish(keepsConnection: Bool)
    /// Does what a fault is.
    case act(Act, FaultNote)

    /// What a fault does to a connection.
    enum Act: Sendable, Equatable {
        case reset
        /// FIN, under TLS after close_notify; the attempt is over.
        case close
        /// FIN without close_notify.
        case cutShort
        /// FIN, and the connection is kept until the client ends it.
        case halfClose
        /// Nothing more is done.
        case hang
        /// HTTP/2: GOAWAY with this code, then FIN.
        case goAway(UInt32)
        /// HTTP/2: RST_STREAM with this code.
        case resetStream(UInt32)
        /// HTTP/2: the end of the stream, although the answer declares more.
        case endStream
        /// The answer was as faulty as asked for, and its connection goes on.
        case nothing
    }

    /// What a fault's receipt says beyond what the connection itself knows.
    struct FaultNote: Sendable, Equatable {
        /// The scripted reply in a few words.
        let asked: String
        /// What is on the wire besides bytes and their end, such as `a chunk size that is none`.
        var says: String?
    }
}
