import DeliveryEvidence
import Synchronization
import Testing

/// Keeps what is recorded, for a test to look at.
final class RecordedEvidence: EvidenceSink {
    private let kept = Mutex<[EvidenceEvent]>([])

    func record(_ event: EvidenceEvent, at stamp: Stamp) {
        kept.withLock { $0.append(event) }
    }

    var events: [EvidenceEvent] { kept.withLock { $0 } }

    /// What the dispatcher wrote.
    var lines: [String] {
        events.compactMap { if case .dispatcherOutput(let record) = $0 { record.line } else { nil } }
    }

    var started: [DispatcherStarted] {
        events.compactMap { if case .dispatcherStarted(let record) = $0 { record } else { nil } }
    }

    var ready: [DispatcherReady] {
        events.compactMap { if case .dispatcherReady(let record) = $0 { record } else { nil } }
    }

    var exited: [DispatcherExited] {
        events.compactMap { if case .dispatcherExited(let record) = $0 { record } else { nil } }
    }

    /// The names of the signals that were sent, in order.
    var signals: [String] {
        events.compactMap { if case .dispatcherSignalled(let record) = $0 { record.signal } else { nil } }
    }

    var registered: [EndpointRegistered] {
        events.compactMap { if case .endpointRegistered(let record) = $0 { record } else { nil } }
    }

    var changed: [EndpointChanged] {
        events.compactMap { if case .endpointChanged(let record) = $0 { record } else { nil } }
    }

    var emitted: [EventEmitted] {
        events.compactMap { if case .eventEmitted(let record) = $0 { record } else { nil } }
    }

    var logs: [DeliveryLogRead] {
        events.compactMap { if case .deliveryLogRead(let record) = $0 { record } else { nil } }
    }

    /// Waits up to ten seconds until something is so, and has the test fail if it never is.
    func reach(
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: (RecordedEvidence) -> Bool
    ) async throws {
        for _ in 0..<2000 {
            if condition(self) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(condition(self), "not reached within ten seconds", sourceLocation: sourceLocation)
    }
}
