import DeliveryEvidence
import DeliveryScenarios

/// Follows connections and requests from their begin to their end, and says what is to be told of each event.
///
/// What it keeps is bounded by what is open at the moment.
struct ReceiveBook {
    private struct Connection {
        var endpoint: String
        var peer: String
        /// Nothing more is to be told of its end.
        var isTold = false
    }

    private struct Request {
        var endpoint: String
        var end: Stamp?
        var place: String?
    }

    private(set) var tally = ReceiveTally()
    private var connections: [Int: Connection] = [:]
    private var requests: [Int: Request] = [:]
    private var last = LastAttempts()

    /// Takes the next event; `nil` when there is nothing to tell.
    mutating func note(_ event: EvidenceEvent, at stamp: Stamp) -> ReceiveTelling? {
        switch event {
        case .connectionOpened(let opened):
            connections[opened.connection] = Connection(endpoint: opened.endpoint, peer: opened.peer)
            return nil
        case .handshakeFailed(let failed):
            tally.failedHandshakes += 1
            return tell(failed.connection, .handshakeFailed(failed.reason), at: stamp)
        case .connectionClosed(let closed):
            defer { connections[closed.connection] = nil }
            guard connections[closed.connection]?.isTold == false else { return nil }
            tally.emptyConnections += 1
            return tell(closed.connection, .endedEarly(closed), at: stamp)
        case .attemptArrived(let arrived): return arrive(arrived, at: stamp)
        case .attemptEnded(let ended): return end(ended, at: stamp)
        case .faultProduced(let fault):
            tally.faults += 1
            if let connection = fault.connection { connections[connection]?.isTold = true }
            return .fault(fault, at: stamp)
        case .harnessFailed(let failed):
            tally.failures += 1
            return .failure(failed.message, at: stamp)
        default: return nil
        }
    }

    /// Notes that a telling found no room.
    mutating func noteUntold() {
        tally.untold += 1
    }

    private mutating func tell(
        _ number: Int,
        _ problem: ConnectionTelling.Problem,
        at stamp: Stamp
    ) -> ReceiveTelling? {
        guard let connection = connections[number] else { return nil }
        connections[number]?.isTold = true
        return .connection(
            ConnectionTelling(
                connection: number,
                endpoint: connection.endpoint,
                peer: connection.peer,
                problem: problem,
                at: stamp
            )
        )
    }

    private mutating func arrive(_ arrived: AttemptArrived, at stamp: Stamp) -> ReceiveTelling {
        tally.requests += 1
        if arrived.isUnanswerable { tally.unmatched += 1 }
        connections[arrived.connection]?.isTold = true
        requests[arrived.attempt] = Request(
            endpoint: arrived.endpoint,
            end: arrived.bodyEnd,
            place: arrived.place
        )
        let before = last.note(
            arrived.endpoint,
            arrived.deliveryKey,
            at: arrived.firstByte,
            least: arrived.ordinal
        )
        if before == nil, arrived.ordinal == 1 { tally.deliveries += 1 }
        return .request(
            RequestTelling(
                arrived: arrived,
                at: stamp,
                ordinal: max((before?.attempts ?? 0) + 1, arrived.ordinal),
                gap: before.map { arrived.firstByte - $0.last }
            )
        )
    }

    private mutating func end(_ ended: AttemptEnded, at stamp: Stamp) -> ReceiveTelling {
        tally.ended += 1
        if let status = ended.status, ended.answerEnded != nil {
            tally.statuses[status, default: 0] += 1
        } else {
            tally.unanswered += 1
        }
        let request = requests.removeValue(forKey: ended.attempt)
        let decisive = ended.answerEnded == nil ? ended.closing?.at : ended.answerBegan
        return .answer(
            AnswerTelling(
                ended: ended,
                endpoint: request?.endpoint ?? "",
                place: request?.place,
                at: stamp,
                waited: request?.end.flatMap { end in decisive.map { $0 - end } }
            )
        )
    }
}

extension AttemptArrived {
    /// Says that the script has no reply for it.
    var isUnanswerable: Bool { place.flatMap(ReplyPlace.init(text:))?.item == .unmatched }
}
