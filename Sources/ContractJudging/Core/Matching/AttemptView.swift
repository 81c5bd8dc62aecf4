package import DeliveryEvidence
package import WebhookContracts

/// One attempt as the judge sees it: what arrived, what the receiver did, and what the dispatcher must have made of it.
package struct AttemptView: Sendable {
    /// The number of the attempt in the scenario, 1-based, in order of arrival.
    package var number: Int { arrived.attempt }
    /// Which attempt of its delivery it is, 1-based, by the judge's own count; 0 while it belongs to none.
    package var ordinal: Int
    /// All that does not change with the place in a delivery; shared, because checks copy attempts all the time.
    private let facts: Facts

    init(
        ordinal: Int,
        arrived: AttemptArrived,
        receipt: AttemptEnded?,
        connectionClosing: Closing?,
        connection: ConnectionHistory?,
        body: JudgedBody,
        bodyNumber: Int,
        receiverResult: ReceiverResult
    ) {
        self.ordinal = ordinal
        facts = Facts(
            arrived: arrived,
            receipt: receipt,
            connectionClosing: connectionClosing,
            connection: connection,
            body: body,
            bodyNumber: bodyNumber,
            receiverResult: receiverResult
        )
    }

    package var arrived: AttemptArrived { facts.arrived }
    /// What the receiver really did; `nil` when the evidence ended first.
    package var receipt: AttemptEnded? { facts.receipt }
    /// How the connection it came on ended; `nil` while it was open.
    package var connectionClosing: Closing? { facts.connectionClosing }
    /// The connection it came on; `nil` when the evidence lacks it.
    package var connection: ConnectionHistory? { facts.connection }
    package var body: JudgedBody { facts.body }
    /// The same for attempts with the same body, so that what is dear to find out of one is found out once.
    var bodyNumber: Int { facts.bodyNumber }
    package var receiverResult: ReceiverResult { facts.receiverResult }

    private final class Facts: Sendable {
        let arrived: AttemptArrived
        let receipt: AttemptEnded?
        let connectionClosing: Closing?
        let connection: ConnectionHistory?
        let body: JudgedBody
        let bodyNumber: Int
        let receiverResult: ReceiverResult

        init(
            arrived: AttemptArrived,
            receipt: AttemptEnded?,
            connectionClosing: Closing?,
            connection: ConnectionHistory?,
            body: JudgedBody,
            bodyNumber: Int,
            receiverResult: ReceiverResult
        ) {
            self.arrived = arrived
            self.receipt = receipt
            self.connectionClosing = connectionClosing
            self.connection = connection
            self.body = body
            self.bodyNumber = bodyNumber
            self.receiverResult = receiverResult
        }
    }

    /// When the first byte was read.
    package var began: Stamp { arrived.firstByte }

    /// When the attempt was over for the dispatcher: the end of the answer or of the connection, whichever it saw; `nil`
    /// while it was open.
    package var ended: Stamp? {
        if let answered = receipt?.answerEnded {
            guard let closing = receipt?.closing ?? connectionClosing, closing.by == .dispatcher else {
                return answered
            }
            return min(answered, closing.at)
        }
        return (receipt?.closing ?? connectionClosing)?.at
    }

    /// Says that the whole request was read, so that its body can be judged.
    package var isWhole: Bool { arrived.bodyEnd != nil && arrived.malformed == nil }

    /// The only value of a header, or `nil` when it is absent or given more than once.
    package func header(_ name: String) -> String? {
        let values = arrived.values(of: name)
        return values.count == 1 ? values[0] : nil
    }
}

/// What the dispatcher must have concluded from what the receiver did.
package enum ReceiverResult: Sendable, Hashable {
    case success(status: Int)
    /// A failure of the class, with the status when one was sent in time.
    case failure(FailureClass, status: Int?)
    /// The evidence allows both conclusions; the text says why.
    case ambiguous(String)

    /// Says that the attempt must count as delivered.
    package var isSuccess: Bool {
        if case .success = self { true } else { false }
    }

    /// Says that the attempt must count as failed.
    package var isFailure: Bool {
        if case .failure = self { true } else { false }
    }

    /// The result in a few words, such as `failure (timeout)`.
    package var words: String {
        switch self {
        case .success(let status): "success (\(status))"
        case .failure(let kind, let status): "failure (\(status.map { "\($0)" } ?? kind.rawValue))"
        case .ambiguous(let why): "open: \(why)"
        }
    }
}
