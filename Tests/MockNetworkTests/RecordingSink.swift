import DeliveryEvidence
import Synchronization

/// Keeps what is recorded, for a test to look at.
final class RecordingSink: EvidenceSink {
    private let kept = Mutex<[EvidenceEvent]>([])

    func record(_ event: EvidenceEvent, at stamp: Stamp) { kept.withLock { $0.append(event) } }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) { record(event, at: stamp) }

    var names: [NameAsked] {
        kept.withLock { $0.compactMap { if case .nameAsked(let asked) = $0 { asked } else { nil } } }
    }

    var proxied: [ProxyAsked] {
        kept.withLock { $0.compactMap { if case .proxyAsked(let asked) = $0 { asked } else { nil } } }
    }
}
