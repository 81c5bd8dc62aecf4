import DeliveryEvidence
import Synchronization
import Testing

/// Keeps what is recorded, for a test to look at.
final class RecordedEvidence: EvidenceSink {
    private let kept = Mutex<[(event: EvidenceEvent, stamp: Stamp)]>([])

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        kept.withLock { $0.append((event, stamp)) }
    }

    var events: [EvidenceEvent] { kept.withLock { $0.map(\.event) } }

    /// When each event was recorded, in the order of the events.
    var stamps: [Stamp] { kept.withLock { $0.map(\.stamp) } }

    /// What became of the processes, as one short line for each record: `worker ready`, `dispatcher exited exit 0`.
    var story: [String] {
        events.compactMap { event in
            switch event {
            case .dispatcherStarted(let record): "\(record.service ?? "dispatcher") started"
            case .dispatcherReady(let record): "\(record.service ?? "dispatcher") ready"
            case .dispatcherSignalled(let record): "\(record.service ?? "dispatcher") sent \(record.signal)"
            case .dispatcherExited(let record): "\(record.service ?? "dispatcher") exited \(record.status)"
            default: nil
            }
        }
    }

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

    /// Waits until something is so, and has the test fail if it never is.
    func reach(
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: (RecordedEvidence) -> Bool
    ) async throws {
        let isReached = try await comes { condition(self) }
        #expect(isReached, "not reached within \(patience)", sourceLocation: sourceLocation)
    }
}
