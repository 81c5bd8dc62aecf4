import CurlTransport
import DeliveryEvidence
import DeliveryReports
import DeliveryScenarios
import DispatcherControl
import Foundation
import MockReceivers
import Notation
import RunClocks
import ScenarioRunning
import WebhookContracts

/// One run from the loaded scenarios to the written reports.
struct RunExecution: Sendable {
    let loaded: [LoadedScenario]
    let dispatcher: DispatcherDescription
    let out: String
    let jobs: Int
    let seed: UInt64
    let failFast: Bool
    let progress: ProgressStyle

    /// Runs, reports and says how the process should end.
    ///
    /// - Throws: an exit code when the run cannot begin, after saying why.
    func run() async throws -> ExitStatus {
        let clock = RealRunClock()
        let startedAt = Date()
        let collector = ResultCollector(loaded: loaded, failFast: failFast)
        let display = ProgressDisplay(
            style: progress,
            total: loaded.count { $0.plan?.skipReason == nil && $0.plan != nil }
        )
        var interruption: ExitStatus?
        try RunFolder.makeOutput(out)
        let work = try RunFolder.makeWork()
        // Should it stay behind: the secrets in its stores were drawn for this run and open nothing else.
        defer { try? FileManager.default.removeItem(atPath: work) }
        do {
            try await withEvidenceLog(path: out + "/evidence.ndjson") { log in
                let wallClock = WallClock(startedAt: startedAt, clock: clock)
                let sink = log.sink(for: nil)
                sink.record(.runOpened(opening(wallClock)), at: Stamp(sinceStart: .zero))
                interruption = try await scenarios(log, clock, wallClock, work, collector, display)
                let closed = RunClosed(interrupted: interruption != nil)
                sink.record(.runClosed(closed), at: Stamp(sinceStart: clock.now.sinceStart))
                await log.flush()
                if let failure = log.failure {
                    StandardStreams.complain(
                        "hookassay: the evidence is incomplete: \(failure) (\(log.dropped) records lost)"
                    )
                    await collector.noteIncompleteEvidence("\(failure)")
                }
            }
        } catch {
            // Left to itself it would end the process with 1, which says that a promise was violated.
            await display.finish()
            StandardStreams.complain("hookassay: the run could not be carried through: \(error)")
            throw ExitStatus.failed.exit
        }
        await display.finish()
        let report = await collector.report(
            RunFacts(
                tool: HookassayCommand.version,
                dispatcher: dispatcher.name,
                clock: "real",
                host: ProcessInfo.processInfo.hostName,
                seed: seed,
                startedAt: WallClock.text(startedAt, as: .utc),
                duration: clock.now.sinceStart,
                interrupted: interruption != nil
            )
        )
        try ReportWriting(out: out).write(report)
        let status = ExitStatus(report, interruptedBy: interruption)
        if status == .nothingSelected { sayWhyNothingRan() }
        return status
    }

    private func sayWhyNothingRan() {
        let reasons = Set(loaded.compactMap { $0.plan?.skipReason }).sorted()
        StandardStreams.complain("hookassay: every selected scenario was skipped: \(reasons.joined(separator: "; "))")
    }

    /// Runs the scenarios until they are over or a signal comes.
    ///
    /// Returns the status of the signal, if one came.
    private func scenarios(
        _ log: EvidenceLog,
        _ clock: RealRunClock,
        _ wallClock: WallClock,
        _ work: String,
        _ collector: ResultCollector,
        _ display: ProgressDisplay
    ) async throws -> ExitStatus? {
        let transport = try CurlTransport()
        let session = RunSession(
            clock: clock,
            wallClock: wallClock,
            log: log,
            authority: try RunAuthority(),
            transport: transport,
            dispatcher: dispatcher,
            programs: DispatcherChoice.programs(),
            work: work
        )
        let plans = loaded.compactMap(\.plan)
        let set = ScenarioSet(session: session, jobs: jobs)
        let interruption = try await Interruption.watch {
            try await set.run(
                plans,
                onBegin: { plan in await display.began(plan.scenario.id, expected: plan.expectedTime) },
                onEnd: { run in
                    let result = await collector.judge(run)
                    await display.ended(result)
                    return await collector.goesOn
                }
            )
        }
        await transport.shutDown()
        return interruption
    }

    private func opening(_ wallClock: WallClock) -> RunOpened {
        RunOpened(
            format: EvidenceFormat.current,
            tool: "hookassay \(HookassayCommand.version)",
            seed: seed,
            clock: "real",
            host: ProcessInfo.processInfo.hostName,
            cores: ProcessInfo.processInfo.activeProcessorCount,
            startedAt: WallClock.text(wallClock.startedAt, as: .utc)
        )
    }
}
