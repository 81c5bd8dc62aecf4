import Synchronization

/// The append-only evidence log of a run: newline-delimited JSON, one record a line.
///
/// `record` redacts, numbers and queues a record and returns; a task of ``withEvidenceLog(path:redactor:limits:_:)``
/// writes the queue to the file. The records of a scenario also stay in memory until they are released, so that it can
/// be judged as soon as it is over.
package final class EvidenceLog: Sendable {
    /// How long the writer lets records gather: an event loop wakes it 200 times a second at most, and a killed process
    /// loses no more than that.
    private static let gathering = Duration.milliseconds(5)

    /// Takes the secrets out of everything that is recorded.
    package let redactor: Redactor
    private let buffer: Mutex<EvidenceBuffer>
    /// What the buffer says, for whoever asks without its lock; set only inside of it.
    private let behind = Atomic(false)
    private let writer: EvidenceWriter
    private let call = WriterCall()

    fileprivate init(path: String, redactor: Redactor, limits: EvidenceLimits) throws(EvidenceLogError) {
        self.redactor = redactor
        buffer = Mutex(EvidenceBuffer(limits: limits))
        writer = try EvidenceWriter(path: path)
    }

    /// The sink of a scenario's records, or of the run's own when `scenario` is `nil`.
    ///
    /// Records given to it with one stamp are records of the real clock.
    package func sink(for scenario: String?) -> any EvidenceSink {
        ScenarioSink(log: self, scenario: scenario)
    }

    /// The records of a scenario so far, in order.
    package func records(of scenario: String) -> [EvidenceRecord] {
        buffer.withLock { $0.kept.records(of: scenario) }
    }

    /// Everything recorded for a scenario so far, indexed for judging.
    ///
    /// Of a log that keeps nothing it is empty, and says so in ``ScenarioHistory/dropped``.
    package func history(of scenario: String) -> ScenarioHistory {
        let (records, ofRun, missing) = buffer.withLock { buffer in
            (buffer.kept.records(of: scenario), buffer.kept.ofRun, buffer.missing(of: scenario))
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
        let isCalling = buffer.withLock { buffer in
            let isCalling = buffer.append(redacted, scenario: scenario, at: stamp, real: real)
            if buffer.isBehind { behind.store(true, ordering: .relaxed) }
            return isCalling
        }
        if isCalling { call.call() }
    }

    fileprivate var isBehind: Bool { behind.load(ordering: .relaxed) }

    fileprivate func whenCaughtUp(_ action: @escaping @Sendable () -> Void) {
        if !buffer.withLock({ $0.whenCaughtUp(action) }) { action() }
    }

    /// Writes whatever is queued as it comes, until ``endWriting()``; a cancelled task goes on, without gathering.
    fileprivate func writeUntilEnded() async {
        while await call.next() {
            do {
                try await Task.sleep(for: Self.gathering)
            } catch is CancellationError {
                // A cancelled run has more to say before it ends.
            } catch {
                preconditionFailure("sleeping fails only when cancelled")
            }
            await flush()
        }
    }

    fileprivate func endWriting() { call.end() }

    /// Writes what is left; what is recorded later is counted as dropped.
    fileprivate func close() async {
        await flush()
        change { $0.close() }
    }

    fileprivate func takeBlocks() -> [LineBlock] {
        buffer.withLock { $0.takeBlocks() }
    }

    fileprivate func giveBack(_ block: inout LineBlock) {
        change { $0.giveBack(&block) }
    }

    fileprivate func fail(_ error: EvidenceLogError, lost: Int) {
        change { $0.fail(error, lost: lost) }
    }

    /// Changes the buffer and then, outside of its lock, tells whoever waits for the log to catch up that it has.
    private func change(_ body: (inout EvidenceBuffer) -> EvidenceBuffer.Actions) {
        let actions = buffer.withLock { buffer in
            let actions = body(&buffer)
            behind.store(buffer.isBehind, ordering: .relaxed)
            return actions
        }
        for action in actions { action() }
    }

    private struct ScenarioSink: EvidenceSink {
        let log: EvidenceLog
        let scenario: String?

        func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
            log.record(event, scenario: scenario, at: stamp, real: real)
        }

        var isBehind: Bool { log.isBehind }

        func whenCaughtUp(_ action: @escaping @Sendable () -> Void) { log.whenCaughtUp(action) }
    }
}

extension EvidenceWriter {
    /// Takes the queue and writes it in one go: on the actor, so that what is taken later is written later.
    fileprivate func drain(from log: EvidenceLog) {
        guard let (error, lost) = write(log.takeBlocks(), done: { log.giveBack(&$0) }) else { return }
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
        group.addTask { await log.writeUntilEnded() }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(log))
        } catch {
            outcome = .failure(error)
        }
        log.endWriting()
        // The writer may be waiting for records to gather.
        group.cancelAll()
        try await group.waitForAll()
        await log.close()
        return try outcome.get()
    }
}
