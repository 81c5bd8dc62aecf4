import DeliveryEvidence

/// One thing that is told of what happens at the receiver.
enum ReceiveTelling: Sendable {
    case request(RequestTelling)
    case answer(AnswerTelling)
    case fault(FaultProduced, at: Stamp)
    case connection(ConnectionTelling)
    /// The receiver could not do what the script asked.
    case failure(String, at: Stamp)
    /// So many things happened faster than they could be told.
    case untold(Int)
    /// Something of the command itself.
    case notice(ReceiveNotice)

    /// About how many bytes it keeps in memory.
    var size: Int {
        guard case .request(let request) = self else { return 512 }
        return 1024 + 2 * request.arrived.head.bytes.count + request.arrived.body.bytes.count
    }
}

/// A request came, wholly or as far as it went.
struct RequestTelling: Sendable {
    let arrived: AttemptArrived
    let at: Stamp
    /// Which attempt of its delivery it is, 1-based, whatever scripts were played meanwhile.
    let ordinal: Int
    /// Since the attempt of the same delivery before it; `nil` for the first, and for one that is not remembered.
    let gap: Duration?
}

/// A request is over.
struct AnswerTelling: Sendable {
    let ended: AttemptEnded
    let endpoint: String
    /// Where in the script its reply stands.
    let place: String?
    let at: Stamp
    /// How long after its request was there the answer began or, where it never was whole, the exchange ended; `nil` when
    /// the request was never there.
    let waited: Duration?
}

/// A connection that came to nothing.
struct ConnectionTelling: Sendable {
    enum Problem: Sendable {
        /// With the alert or error as the TLS library names it.
        case handshakeFailed(String)
        /// It ended before a request was there.
        case endedEarly(ConnectionClosed)
    }

    let connection: Int
    let endpoint: String
    let peer: String
    let problem: Problem
    let at: Stamp
}
