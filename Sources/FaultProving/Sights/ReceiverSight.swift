package import DeliveryEvidence
import Synchronization

/// What a receiver wrote down about the victim's exchanges: its receipts.
package struct ReceiverSight: Sendable, Hashable {
    package var opened: [ConnectionOpened] = []
    package var secured: [ConnectionSecured] = []
    package var failedHandshakes: [HandshakeFailed] = []
    package var arrived: [AttemptArrived] = []
    package var ended: [AttemptEnded] = []
    package var closed: [ConnectionClosed] = []
    package var produced: [FaultProduced] = []
    /// What it could not do.
    package var failures: [String] = []

    package init() {}

    /// Takes one record.
    package mutating func take(_ event: EvidenceEvent) {
        switch event {
        case .connectionOpened(let record): opened.append(record)
        case .connectionSecured(let record): secured.append(record)
        case .handshakeFailed(let record): failedHandshakes.append(record)
        case .attemptArrived(let record): arrived.append(record)
        case .attemptEnded(let record): ended.append(record)
        case .connectionClosed(let record): closed.append(record)
        case .faultProduced(let record): produced.append(record)
        case .harnessFailed(let record): failures.append(record.message)
        default: break
        }
    }

    /// Says that a connection has no end yet.
    package var hasOpenConnections: Bool { closed.count < opened.count }

    /// The records of the connection that came from this port; `nil` when there is none.
    package func connection(from port: Int) -> ConnectionReceipt? {
        guard let number = opened.first(where: { $0.peer.hasSuffix(":\(port)") })?.connection else { return nil }
        let attempts = arrived.filter { $0.connection == number }
        let numbers = Set(attempts.map(\.attempt))
        return ConnectionReceipt(
            secured: secured.first { $0.connection == number },
            failedHandshake: failedHandshakes.first { $0.connection == number },
            arrived: attempts,
            ended: ended.filter { numbers.contains($0.attempt) },
            closed: closed.first { $0.connection == number },
            produced: produced.filter { $0.connection == number }
        )
    }

    /// The receipts in a few words: what went on the wire, and what the kernel was asked for, as the receiver has it.
    package var text: String {
        if let failure = failures.first { return "failed: \(failure)" }
        var receipts: [String] = []
        for fault in produced {
            let words = fault.kernel.isEmpty ? fault.wire : "\(fault.wire) ← \(fault.kernel.joined(separator: ", "))"
            if !receipts.contains(words) { receipts.append(words) }
        }
        receipts += failedHandshakes.map(\.reason)
        if receipts.isEmpty {
            receipts = ended.map { "answered \($0.status.map { "\($0)" } ?? "nothing"), \($0.bytesOut) bytes" }
        }
        return receipts.joined(separator: "; ")
    }
}

/// The records of one connection.
package struct ConnectionReceipt: Sendable, Hashable {
    package var secured: ConnectionSecured?
    package var failedHandshake: HandshakeFailed?
    package var arrived: [AttemptArrived] = []
    package var ended: [AttemptEnded] = []
    package var closed: ConnectionClosed?
    package var produced: [FaultProduced] = []
}

/// Keeps what a receiver records.
package final class ReceiptBook: EvidenceSink {
    private let kept = Mutex(ReceiverSight())

    package init() {}

    /// What was recorded so far.
    package var sight: ReceiverSight { kept.withLock { $0 } }

    package func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        kept.withLock { $0.take(event) }
    }
}
