import ArgumentParser
import DeliveryEvidence
import Foundation
import MockReceivers
import PacketCapturing
import ReceiverConsole
import RunClocks
import ScenarioRunning

/// One run of the receiver, from its opening to the summary.
struct ReceiveRun: Sendable {
    let settings: ReceiveSettings

    /// How long to wait for somebody to read the last lines.
    private static let patience = Duration.seconds(5)

    /// Receives until something ends it, and says with what status the process should end.
    ///
    /// - Throws: an exit code when it cannot begin, after saying why.
    func run() async throws -> ExitStatus {
        let work = settings.out == nil ? try RunFolder.makeWork() : nil
        // Should it stay behind: only its owner can read it.
        defer { if let work { try? FileManager.default.removeItem(atPath: work) } }
        let path = settings.out ?? (work ?? "") + "/evidence.ndjson"
        do {
            return try await withEvidenceLog(
                path: path,
                redactor: settings.redactor,
                // Nothing is judged here, so nothing is kept in memory.
                limits: EvidenceLimits(keptBytes: 0)
            ) { log in
                try await receive(into: log, at: path)
            }
        } catch let exit as ExitCode {
            throw exit
        } catch {
            StandardStreams.complain("hookassay: the receiver cannot go on: \(error)")
            throw ExitStatus.failed.exit
        }
    }

    private func receive(into log: EvidenceLog, at path: String) async throws -> ExitStatus {
        let (ends, end) = AsyncStream.makeStream(of: ReceiveEnd.self, bufferingPolicy: .bufferingOldest(1))
        let session = ReceiveSession(
            settings: settings,
            log: log,
            evidencePath: path,
            ends: ends,
            end: end
        )
        session.recordBeginning()
        let signal = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.show() }
            let outcome: Result<ExitStatus?, any Error>
            do {
                outcome = .success(try await Interruption.watch(quietly: true) { try await session.listen() })
            } catch {
                outcome = .failure(error)
            }
            if case .success(let signal) = outcome { session.sumUp(signal) }
            session.output.hurry(Self.patience)
            session.queue.finish()
            try await group.waitForAll()
            return try outcome.get()
        }
        session.recordEnd(isInterrupted: signal != nil)
        await log.flush()
        if let failure = log.failure {
            StandardStreams.complain("hookassay: the evidence is incomplete: \(failure) (\(log.dropped) records lost)")
        }
        let isBroken = log.failure != nil || session.hasFailed
        return signal ?? (isBroken ? .failed : .held)
    }
}

/// Why a receiver that was not interrupted ended.
enum ReceiveEnd: Sendable {
    /// As many requests as were asked for are over.
    case enough
    /// The time that was asked for is over.
    case time
    /// Nobody reads the output any more.
    case readerGone

    var words: String {
        switch self {
        case .enough: "after as many requests as asked for"
        case .time: "after the time asked for"
        case .readerGone: "for nobody reads the output"
        }
    }
}
