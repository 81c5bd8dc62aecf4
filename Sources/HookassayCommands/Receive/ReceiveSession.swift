import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import Notation
import ReceiverConsole
import RunClocks
import ScenarioRunning
import Synchronization
import WebhookContracts

/// What the parts of a running receiver share.
final class ReceiveSession: Sendable {
    let settings: ReceiveSettings
    let output: ReceiveOutput
    let queue = TellingQueue()
    let scripts: CurrentScripts
    let sink: ReceiveSink
    let log: EvidenceLog
    /// The file behind the log.
    let evidencePath: String
    let clock = RealRunClock()
    private let startedAt = Date()
    private let ends: AsyncStream<ReceiveEnd>
    private let end: AsyncStream<ReceiveEnd>.Continuation
    private let state = Mutex((ended: ReceiveEnd?.none, hasFailed: false))

    init(
        settings: ReceiveSettings,
        log: EvidenceLog,
        evidencePath: String,
        ends: AsyncStream<ReceiveEnd>,
        end: AsyncStream<ReceiveEnd>.Continuation
    ) {
        self.settings = settings
        self.log = log
        self.evidencePath = evidencePath
        self.ends = ends
        self.end = end
        output = ReceiveOutput { end.yield(.readerGone) }
        scripts = CurrentScripts(settings.endpoints)
        let most = settings.exitAfter ?? .max
        sink = ReceiveSink(
            evidence: log.sink(for: "receive"),
            queue: settings.isQuiet ? nil : queue
        ) { ended in
            if ended >= most { end.yield(.enough) }
        }
    }

    /// Says that something could not be done as asked, which the exit status tells.
    var hasFailed: Bool { state.withLock { $0.hasFailed } || sink.tally.failures > 0 }

    func noteFailure(_ message: String) {
        state.withLock { $0.hasFailed = true }
        StandardStreams.complain("hookassay: \(message)")
    }

    /// Writes what is to be told, until the queue is finished.
    func show() async {
        let teller = ReceiveTeller(
            form: settings.isJSON ? .json : .text,
            screen: ReceiveScreen(settings.color),
            time: ShownTime(startedAt: startedAt),
            redactor: settings.redactor,
            contract: settings.contract,
            signatures: settings.signatures,
            scripts: scripts,
            namesEndpoints: settings.endpoints.count > 1
        )
        await queue.forEachBatch { await output.write(teller.lines($0)) }
    }

    /// Waits until the receiver is to end, or the task is cancelled.
    func waitForEnd() async {
        for await end in ends {
            state.withLock { $0.ended = end }
            return
        }
    }

    /// Ends the receiver after so long; does nothing when the task is cancelled before.
    func endAfter(_ duration: Duration) async {
        let deadline = RunInstant(sinceStart: clock.now.sinceStart + duration)
        do { try await clock.sleep(until: deadline, tolerance: nil) } catch { return }
        end.yield(.time)
    }

    func recordBeginning() {
        let opened = RunOpened(
            format: EvidenceFormat.current,
            tool: "hookassay \(HookassayCommand.version)",
            seed: settings.endpoints.first?.script.seed ?? 0,
            clock: "real",
            host: ProcessInfo.processInfo.hostName,
            cores: ProcessInfo.processInfo.activeProcessorCount,
            startedAt: WallClock.text(startedAt, as: .utc)
        )
        log.sink(for: nil).record(.runOpened(opened), at: Stamp(sinceStart: .zero))
    }

    func recordEnd(isInterrupted: Bool) {
        let stamp = Stamp(sinceStart: clock.now.sinceStart)
        log.sink(for: nil).record(.runClosed(RunClosed(interrupted: isInterrupted)), at: stamp)
    }

    /// Tells what came in all.
    func sumUp(_ signal: ExitStatus?) {
        let ended = state.withLock { $0.ended }
        let words =
            switch signal {
            case .interrupted: "by Ctrl-C"
            case .some: "by a signal"
            case nil: ended?.words ?? "early"
            }
        queue.tell(
            .summary(sink.tally, took: clock.now.sinceStart, evidence: settings.out, ended: words)
        )
    }
}
