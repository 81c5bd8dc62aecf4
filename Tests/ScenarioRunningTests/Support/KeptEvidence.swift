import DeliveryEvidence
import Synchronization

/// Keeps what is recorded, for a test to look at.
final class KeptEvidence: EvidenceSink {
    private let kept = Mutex<[(event: EvidenceEvent, at: Stamp)]>([])

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        kept.withLock { $0.append((event, stamp)) }
    }

    /// The stalls, as the milliseconds from beginning to end.
    var stalls: [ClosedRange<Int64>] {
        kept.withLock { kept in
            kept.compactMap { event, at in
                guard case .hostStalled(let stall) = event else { return nil }
                return Int64(stall.began.nanoseconds / 1_000_000)...Int64(at.nanoseconds / 1_000_000)
            }
        }
    }
}
