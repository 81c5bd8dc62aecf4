import DeliveryEvidence
import DeliveryScenarios
import ReceiverConsole
import RunClocks
import Synchronization

/// A clock that stands where it is put.
struct StillClock: RunClock {
    var now: RunInstant { RunInstant(sinceStart: .zero) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: RunInstant, tolerance: Duration?) async throws {
        try await Task.sleep(for: deadline.sinceStart)
    }
}

/// A sink that keeps the names of what it is given.
final class ListeningSink: EvidenceSink {
    private let seen = Mutex<[String]>([])

    var names: [String] { seen.withLock { $0 } }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        seen.withLock { $0.append(event.typeName) }
    }
}

extension Stamp {
    static func seconds(_ seconds: Double) -> Stamp { Stamp(nanoseconds: Int64(seconds * 1_000_000_000)) }
}

extension EvidenceEvent {
    /// A request as a receiver would report it.
    static func arrival(
        _ attempt: Int,
        endpoint: String = "main",
        key: String? = nil,
        method: String = "POST",
        target: String = "/hooks",
        headers: [HeaderLine] = [HeaderLine(name: "Host", value: "127.0.0.1")],
        body: [UInt8] = Array("{}".utf8),
        malformed: String? = nil
    ) -> EvidenceEvent {
        .attemptArrived(
            AttemptArrived(
                attempt: attempt,
                connection: attempt,
                endpoint: endpoint,
                deliveryKey: key,
                ordinal: 1,
                firstByte: .seconds(1),
                headEnd: .seconds(1),
                bodyEnd: .seconds(1),
                head: Bytes(text: "\(method) \(target) HTTP/1.1\r\n\r\n"),
                method: method,
                target: target,
                version: "HTTP/1.1",
                headers: headers,
                body: Bytes(body),
                malformed: malformed
            )
        )
    }

    /// The end of the answer to a request.
    static func ending(_ attempt: Int, status: Int? = 200, asked: String = "respond 200") -> EvidenceEvent {
        .attemptEnded(
            AttemptEnded(
                attempt: attempt,
                asked: asked,
                status: status,
                answerBegan: .seconds(1.5),
                answerEnded: .seconds(1.6),
                bytesOut: 38,
                closing: nil
            )
        )
    }

    /// The receipt of a fault.
    static func receipt(_ attempt: Int?, connection: Int? = 7) -> EvidenceEvent {
        .faultProduced(
            FaultProduced(
                endpoint: "main",
                connection: connection,
                attempt: attempt,
                asked: "fault reset at accept",
                kernel: ["close(2)"],
                wire: "RST after 0 bytes"
            )
        )
    }
}

extension JournalLookup {
    /// The request, when there is one.
    var request: JournalRequest? {
        if case .found(let request) = self { request } else { nil }
    }
}
