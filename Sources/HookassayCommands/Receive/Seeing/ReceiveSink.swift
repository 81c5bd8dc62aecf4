import DeliveryEvidence
import Synchronization

/// Takes what the receivers see: into the evidence first, then to whoever shows it.
final class ReceiveSink: EvidenceSink {
    private let evidence: any EvidenceSink
    /// `nil` when requests are not shown.
    private let queue: TellingQueue?
    private let book = Mutex(ReceiveBook())
    /// Called with the number of requests that are over, each time it grows.
    private let onEnd: @Sendable (Int) -> Void

    init(evidence: any EvidenceSink, queue: TellingQueue?, onEnd: @escaping @Sendable (Int) -> Void) {
        self.evidence = evidence
        self.queue = queue
        self.onEnd = onEnd
    }

    /// What came in all so far.
    var tally: ReceiveTally { book.withLock { $0.tally } }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        evidence.record(event, at: stamp, real: real)
        let (telling, ended) = book.withLock { ($0.note(event, at: stamp), $0.tally.ended) }
        if let telling, let queue, !queue.offer(telling) { book.withLock { $0.noteUntold() } }
        if case .attemptEnded = event { onEnd(ended) }
    }

    var isBehind: Bool { evidence.isBehind }

    func whenCaughtUp(_ action: @escaping @Sendable () -> Void) {
        evidence.whenCaughtUp(action)
    }
}
