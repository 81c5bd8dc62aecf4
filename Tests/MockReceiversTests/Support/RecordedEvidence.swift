import DeliveryEvidence
import Synchronization
import Testing

/// Keeps what is recorded, for a test to look at.
final class RecordedEvidence: EvidenceSink {
    struct Entry: Sendable {
        let event: EvidenceEvent
        let at: Stamp
    }

    private let kept = Mutex<[Entry]>([])

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        kept.withLock { $0.append(Entry(event: event, at: stamp)) }
    }

    var entries: [Entry] { kept.withLock { $0 } }
    var events: [EvidenceEvent] { entries.map(\.event) }

    var arrived: [AttemptArrived] {
        events.compactMap { if case .attemptArrived(let record) = $0 { record } else { nil } }
    }

    var ended: [AttemptEnded] {
        events.compactMap { if case .attemptEnded(let record) = $0 { record } else { nil } }
    }

    var opened: [ConnectionOpened] {
        events.compactMap { if case .connectionOpened(let record) = $0 { record } else { nil } }
    }

    var closed: [ConnectionClosed] {
        events.compactMap { if case .connectionClosed(let record) = $0 { record } else { nil } }
    }

    var secured: [ConnectionSecured] {
        events.compactMap { if case .connectionSecured(let record) = $0 { record } else { nil } }
    }

    var failedHandshakes: [HandshakeFailed] {
        events.compactMap { if case .handshakeFailed(let record) = $0 { record } else { nil } }
    }

    var failures: [HarnessFailed] {
        events.compactMap { if case .harnessFailed(let record) = $0 { record } else { nil } }
    }

    /// Waits until something is so, and has the test fail if it never is.
    func reach(
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: (RecordedEvidence) -> Bool
    ) async throws {
        let isReached = try await comes { condition(self) }
        #expect(isReached, "not reached within \(patience)", sourceLocation: sourceLocation)
    }
}
