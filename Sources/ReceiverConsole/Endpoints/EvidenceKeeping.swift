import DeliveryEvidence
import Synchronization

/// The evidence file of one endpoint, from its opening to its end.
final class EvidenceKeeping: Sendable {
    let path: String
    private let redactor: Redactor
    private let outcome = Mutex<Result<EvidenceLog, any Error>?>(nil)
    private let begun = Latch()
    private let asked = Latch()
    private let over = Latch()

    init(path: String, redactor: Redactor) {
        self.path = path
        self.redactor = redactor
    }

    /// Writes the file until ``end()``; a cancellation does not keep the last records out of it.
    func run() async {
        do {
            // Nothing is judged here, so nothing is kept in memory.
            try await withEvidenceLog(path: path, redactor: redactor, limits: EvidenceLimits(keptBytes: 0)) { log in
                outcome.withLock { $0 = .success(log) }
                begun.open()
                await asked.wait()
            }
        } catch {
            outcome.withLock { $0 = .failure(error) }
            begun.open()
        }
        over.open()
    }

    /// The log, once the file is there.
    ///
    /// - Throws: an `EndpointError` when it cannot be.
    func log() async throws -> EvidenceLog {
        await begun.wait()
        switch outcome.withLock({ $0 }) {
        case .success(let log): return log
        case .failure(let error): throw EndpointError(problem: .noEvidence, message: "\(error)")
        case nil: throw CancellationError()
        }
    }

    /// Ends the file; returns when everything recorded is in it.
    func end() async {
        asked.open()
        await over.wait()
    }

    /// Never begins.
    func abandon() {
        asked.open()
        begun.open()
        over.open()
    }
}
