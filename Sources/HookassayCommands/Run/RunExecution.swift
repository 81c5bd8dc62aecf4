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
    let keepsKeys: Bool
    let listsCoverage: Bool
    let progress: ProgressStyle

    /// Runs, reports and says how the process should end.
    ///
    /// - Throws: an exit code when the run cannot begin, after saying why.
    func run() async throws -> ExitStatus {
        let drivable = loaded.map { scenario in
            scenario.changed { plan in
                plan.skipReason = plan.skipReason ?? DrivingReach.obstacle(to: plan.scenario, with: dispatcher)
            }
        }
        let (loaded, choice) = await selection.apply(to: drivable)
        let clock = RealRunClock()
        let startedAt = Date()
        let collector = ResultCollector(loaded: loaded, failFast: failFast)
        let display = ProgressDisplay(
            style: progress,
            total: loaded.count { $0.plan?.skipReason == nil && $0.plan != nil }
        )
        var interruption: ExitStatus?
        var ended = Stamp(nanoseconds: 0)
        try RunFolder.makeOutput(out)
        let captures = capturesPackets ? try CaptureChoice.prepare(in: out) : nil
        let opening = opening(WallClock(startedAt: startedAt, clock: clock), choice)
        if !keepsKeys { try KeyringWriting.removeOld(in: out) }
        let keyring = keepsKeys ? try KeyringWriting(out: out, run: opening) : nil
        let work = try RunFolder.makeWork()
        // Should it stay behind: the secrets in its stores were drawn for this run and open nothing else.
        defer { try? FileManager.default.removeItem(atPath: work) }
        do {
            try await withEvidenceLog(path: out + "/evidence.ndjson") { log in
                let wallClock = WallClock(startedAt: startedAt, clock: clock)
                let sink = log.sink(for: nil)
                sink.record(.runOpened(opening), at: Stamp(sinceStart: .zero))
                if loaded.contains(where: { $0.plan?.scenario.clock == .real && $0.plan?.skipReason == nil }) {
                    let found = try await Calibration.measure(on: clock)
                    sink.record(.harnessCalibrated(found), at: Stamp(sinceStart: clock.now.sinceStart))
                }
                let session = try session(log, clock, wallClock, work, captures)
                let set = ScenarioSet(session: session, warp: warp(choice), jobs: jobs, cores: cores)
                interruption = try await run(loaded.compactMap(\.plan), in: set, collector, display, keyring)
                await session.transport.shutDown()
                ended = Stamp(sinceStart: clock.now.sinceStart)
                await collector.recordNotRun(in: log, at: ended)
                let signal = interruption.map { $0 == .interrupted ? "INT" : "TERM" }
                sink.record(.runClosed(RunClosed(interrupted: interruption != nil, signal: signal)), at: ended)
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
        var facts = RunFacts(opening, until: ended, interrupted: interruption != nil)
        facts.request = RunRequest(
            evidence: out + "/evidence.ndjson",
            options: RunRequest.Options(dispatcher: dispatcherPath, clock: selection.demanded)
        )
        let report = await collector.report(facts)
        try ReportWriting(out: out, listsCoverage: listsCoverage).write(report)
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
        _ display: ProgressDisplay,
        _ keyring: KeyringWriting?
    ) async throws -> ExitStatus? {
        try await Interruption.watch {
            try await set.run(
                plans,
                onDraw: { await keyring?.add($0.secrets, of: $0.plan.scenario.id) },
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
            startedAt: WallClock.text(wallClock.startedAt, as: .utc),
            dispatcher: dispatcher.name
        )
    }
}
