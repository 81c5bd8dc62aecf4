import DeliveryEvidence
import DeliveryScenarios
import Foundation
import RunClocks
import Subprocess
import SystemPackage
import WebhookContracts

/// Has a worker process, of the same program, run one scenario under the warped clock.
///
/// A process of its own makes the proof that everything waits possible, and keeps a crash in one scenario out of the others.
struct WorkerRun: Sendable {
    let plan: ScenarioPlan
    let session: RunSession
    let warp: WarpPlan
    let secrets: [String: EndpointSecrets]

    /// Runs the worker to its end and takes over its evidence.
    ///
    /// - Throws: only `CancellationError`, after everything was ended and recorded.
    func run() async throws {
        let id = plan.scenario.id
        let evidence = session.work + "/" + id.replacing("/", with: "-") + ".ndjson"
        let problem: String?
        do {
            let order = try JSONEncoder().encode(order(evidence))
            problem = try await Self.work(on: order)
        } catch is CancellationError {
            problem = "the run was interrupted"
        } catch {
            problem = "the scenario's process could not be run: \(error)"
        }
        takeOver(evidence, problem)
        // It is gone with the run's own folder at the latest.
        try? FileManager.default.removeItem(atPath: evidence)
        try Task.checkCancellation()
    }

    private func order(_ evidence: String) -> WorkerOrder {
        WorkerOrder(
            scenario: plan.scenario.path,
            dispatcher: warp.dispatcher,
            engine: warp.engine,
            reason: warp.reason,
            evidence: evidence,
            work: session.work,
            captures: session.captures,
            startedAt: Int64(session.wallClock.startedAt.timeIntervalSince1970 * 1e9),
            origin: session.origin,
            secrets: secrets
        )
    }

    /// Runs the worker; gives what went wrong with it.
    ///
    /// Cancellation ends it in an orderly way first: what it has seen is evidence too.
    private static func work(on order: Data) async throws -> String? {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(10))]
        let result = try await Subprocess.run(
            // Still this program when its file was replaced meanwhile.
            .path("/proc/self/exe"),
            arguments: [WorkerCommandName.value],
            platformOptions: options,
            input: .data(order),
            output: .discarded,
            error: .currentStandardError
        )
        switch result.terminationStatus {
        case .exited(0): return nil
        case .exited(let code): return "the scenario's process ended with exit \(code)"
        case .signaled(let signal): return "the scenario's process ended with signal \(signal)"
        }
    }

    /// Records what the worker recorded, and what keeps that from being the whole.
    private func takeOver(_ evidence: String, _ problem: String?) {
        let id = plan.scenario.id
        let sink = session.log.sink(for: id)
        var last = Stamp(nanoseconds: 0)
        var isOpen = false
        var problem = problem
        do {
            _ = try EvidenceReader.forEachRecord(path: evidence) { record in
                guard record.scenario == id else { return }
                last = max(last, record.at)
                if case .scenarioOpened = record.event { isOpen = true }
                if case .scenarioClosed = record.event { isOpen = false }
                sink.record(record.event, at: record.at, real: record.real)
            }
        } catch {
            problem = problem ?? "the evidence of the scenario's process cannot be read: \(error)"
        }
        guard isOpen || problem != nil else { return }
        let why = problem ?? "the scenario's process ended before the scenario did"
        let real = session.now
        sink.record(.harnessFailed(HarnessFailed(component: "harness", message: why)), at: last, real: real)
        if isOpen { sink.record(.scenarioClosed(ScenarioClosed()), at: last, real: real) }
    }
}
