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
    /// Where it was read; `nil` for the embedded one.
    let dispatcherPath: String?
    let selection: ClockSelection
    let out: String
    let jobs: Int
    let seed: UInt64
    let failFast: Bool
    let capturesPackets: Bool
    let progress: ProgressStyle

    /// Runs, reports and says how the process should end.
    ///
    /// - Throws: an exit code when the run cannot begin, after saying why.
    func run() async throws -> ExitStatus {
        let (loaded, choice) = await selection.apply(to: loaded)
        let clock = RealRunClock()
        let startedAt = Date()
        let collector = ResultCollector(loaded: loaded, failFast: failFast)
        let display = ProgressDisplay(
            style: progress,
            total: loaded.count { $0.plan?.skipReason == nil && $0.plan != nil }
        )
        var interruption: ExitStatus?
        try RunFolder.makeOutput(out)
        let captures = capturesPackets ? try CaptureChoice.prepare(in: out) : nil
        let work = try RunFolder.makeWork()
        // Should it stay behind: the secrets in its stores were drawn for this run and open nothing else.
        defer { try? FileManager.default.removeItem(atPath: work) }
        do {
            try await withEvidenceLog(path: out + "/evidence.ndjson") { log in
                let wallClock = WallClock(startedAt: startedAt, clock: clock)
                let sink = log.sink(for: nil)
                sink.record(.runOpened(opening(wallClock, choice)), at: Stamp(sinceStart: .zero))
                let session = try session(log, clock, wallClock, work, captures)
                let set = ScenarioSet(session: session, warp: warp(choice), jobs: jobs, cores: cores)
                interruption = try await run(loaded.compactMap(\.plan), in: set, collector, display)
                await session.transport.shutDown()
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
                clock: choice.name,
                host: ProcessInfo.processInfo.hostName,
                seed: seed,
                startedAt: WallClock.text(startedAt, as: .utc),
                duration: clock.now.sinceStart,
                interrupted: interruption != nil
            )
        )
        try ReportWriting(out: out).write(report)
        if let captures { CaptureChoice.tell(of: await collector.captures, in: captures) }
        let status = ExitStatus(report, interruptedBy: interruption)
        if status == .nothingSelected { sayWhyNothingRan(loaded) }
        return status
    }

    private func sayWhyNothingRan(_ loaded: [LoadedScenario]) {
        let reasons = Set(loaded.compactMap { $0.plan?.skipReason }).sorted()
        StandardStreams.complain("hookassay: every selected scenario was skipped: \(reasons.joined(separator: "; "))")
    }

    private func session(
        _ log: EvidenceLog,
        _ clock: RealRunClock,
        _ wallClock: WallClock,
        _ work: String,
        _ captures: String?
    ) throws -> RunSession {
        RunSession(
            pace: .real(clock),
            wallClock: wallClock,
            origin: clock.originReading,
            log: log,
            authority: try RunAuthority(),
            transport: try CurlTransport(),
            dispatcher: dispatcher,
            programs: DispatcherChoice.programs(),
            work: work,
            captures: captures
        )
    }

    private func warp(_ choice: ClockChoice) -> WarpPlan? {
        guard case .warped(let engine, let reason) = choice else { return nil }
        return WarpPlan(engine: engine, reason: reason, dispatcher: dispatcherPath)
    }

    /// Runs the scenarios until they are over or a signal comes.
    ///
    /// Returns the status of the signal, if one came.
    private func run(
        _ plans: [ScenarioPlan],
        in set: ScenarioSet,
        _ collector: ResultCollector,
        _ display: ProgressDisplay
    ) async throws -> ExitStatus? {
        try await Interruption.watch {
            try await set.run(
                plans,
                onBegin: { plan in await display.began(plan.scenario.id, expected: plan.waitingTime) },
                onEnd: { finished in
                    let result = await collector.judge(finished, in: set.session)
                    await display.ended(result)
                    return await collector.goesOn
                }
            )
        }
    }

    private var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    private func opening(_ wallClock: WallClock, _ choice: ClockChoice) -> RunOpened {
        RunOpened(
            format: EvidenceFormat.current,
            tool: "hookassay \(HookassayCommand.version)",
            seed: seed,
            clock: choice.name,
            host: ProcessInfo.processInfo.hostName,
            cores: cores,
            startedAt: WallClock.text(wallClock.startedAt, as: .utc)
        )
    }
}
