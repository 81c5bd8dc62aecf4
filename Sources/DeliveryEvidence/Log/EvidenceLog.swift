import Synchronization

/// The append-only evidence log of a run: newline-delimited JSON, one record a line.
///
/// `record` redacts, numbers and queues a record and returns; a task of ``withEvidenceLog(path:redactor:limits:_:)``
/// writes the queue to the file. The records of a scenario also stay in memory until they are released, so that it can
/// be judged as soon as it is over.
package final class EvidenceLog: Sendable {
    /// Takes the secrets out of everything that is recorded.
    package let redactor: Redactor
    private let buffer: Mutex<EvidenceBuffer>
    private let writer: EvidenceWriter
    private let work: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    fileprivate init(path: String, redactor: Redactor, limits: EvidenceLimits) throws(EvidenceLogError) {
        self.redactor = redactor
        buffer = Mutex(EvidenceBuffer(limits: limits))
        writer = try EvidenceWriter(path: path)
        (work, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The sink of a scenario's records, or of the run's own when `scenario` is `nil`.
    ///
    /// Records given to it with one stamp are records of the real clock.
    package func sink(for scenario: String?) -> any EvidenceSink {
        ScenarioSink(log: self, scenario: scenario)
    }

    /// The records of a scenario so far, in order.
    package func records(of scenario: String) -> [EvidenceRecord] {
        buffer.withLock { $0.records(of: scenario) }
    }

    /// Everything recorded for a scenario so far, indexed for judging.
    package func history(of scenario: String) -> ScenarioHistory {
        let (records, ofRun, missing) = buffer.withLock { buffer in
            (buffer.records(of: scenario), buffer.ofRun, buffer.missing(of: scenario))
        }
        var builder = HistoryBuilder(scenario: scenario)
        for record in ofRun + records { builder.add(record) }
        var history = builder.history
        history.dropped += missing
        return history
    }

    /// Frees the memory of a scenario's records; they stay in the file.
    package func release(_ scenario: String) {
        buffer.withLock { $0.release(scenario) }
    }

    /// Why the file stopped taking records, or `nil`.
    ///
    /// To be reported at the end of a run.
    package var failure: EvidenceLogError? { buffer.withLock { $0.failure } }

    /// How many records are not in the file because of ``failure`` or because they came too fast.
    package var dropped: Int { buffer.withLock { $0.dropped } }

    /// Writes what is queued; when it returns, everything recorded before is in the file (or counted as dropped).
    package func flush() async {
        await writer.drain(from: self)
    }

    fileprivate func record(_ event: EvidenceEvent, scenario: String?, at stamp: Stamp, real: Stamp) {
        let redacted = redactor.redacted(event)
        buffer.withLock { $0.append(redacted, scenario: scenario, at: stamp, real: real) }
        wake.yield()
    }

    /// Writes whatever is queued as it comes, until the log is closed or the task cancelled.
    fileprivate func writeUntilClosed() async {
        for await _ in work { await flush() }
    }

    fileprivate func close() {
        wake.finish()
    }

    fileprivate func takePending() -> [EvidenceRecord] {
        buffer.withLock { $0.takePending() }
    }

    fileprivate func fail(_ error: EvidenceLogError, lost: Int) {
        buffer.withLock { $0.fail(error, lost: lost) }
    }

    private struct ScenarioSink: EvidenceSink {
        let log: EvidenceLog
        let scenario: String?

        func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
            log.record(event, scenario: scenario, at: stamp, real: real)
        }
    }
}

extension EvidenceWriter {
    /// Takes the queue and writes it in one go: on the actor, so that a batch taken later is written later.
    fileprivate func drain(from log: EvidenceLog) {
        let records = log.takePending()
        guard let (error, lost) = write(records) else { return }
        log.fail(error, lost: lost)
    }
}

/// Opens a new evidence log at `path`, runs `body` with it and closes it.
///
/// When this returns or throws, everything that was recorded until `body` ended is in the file, after a cancellation
/// too. Errors while writing do not throw: they are in ``EvidenceLog/failure``.
///
/// - Throws: an ``EvidenceLogError`` when the file cannot be created, else what `body` throws.
package func withEvidenceLog<Result: Sendable>(
    path: String,
    redactor: Redactor = Redactor(),
    limits: EvidenceLimits = EvidenceLimits(),
    _ body: (EvidenceLog) async throws -> Result
) async throws -> Result {
    let log = try EvidenceLog(path: path, redactor: redactor, limits: limits)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await log.writeUntilClosed() }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(log))
        } catch {
            outcome = .failure(error)
        }
        log.close()
        // A cancelled writer stops early, so the rest is written here.
        try await group.waitForAll()
        await log.flush()
        return try outcome.get()
    }
}
