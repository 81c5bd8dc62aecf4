import DeliveryEvidence
import Synchronization

/// Keeps the requests of a scripted receiver.
final class RequestBook: EvidenceSink {
    private struct State {
        var requests: [ReceivedRequest] = []
        var failures: [String] = []
    }

    private let state = Mutex(State())

    var requests: [ReceivedRequest] { state.withLock(\.requests) }
    var failures: [String] { state.withLock(\.failures) }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        switch event {
        case .attemptArrived(let arrived):
            state.withLock { state in
                let request = ReceivedRequest(
                    number: state.requests.count + 1,
                    method: arrived.method,
                    target: arrived.target,
                    headers: arrived.headers.map { ($0.name, $0.value) },
                    body: arrived.body.bytes,
                    arrived: .nanoseconds(arrived.firstByte.nanoseconds),
                    malformed: arrived.malformed
                )
                state.requests.append(request)
            }
        case .harnessFailed(let failed): state.withLock { $0.failures.append(failed.message) }
        default: break
        }
    }
}
