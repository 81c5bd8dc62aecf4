import CurlTransport
import DeliveryEvidence
package import DeliveryScenarios
package import DispatcherControl
import Foundation
import MockReceivers
import PacketCapturing
import RunClocks
import Synchronization
import WebhookContracts

/// Runs one scenario in this process under the warped clock, as ordered by the run's own process.
package struct Worker: Sendable {
    package let order: WorkerOrder
    package let plan: ScenarioPlan
    package let dispatcher: DispatcherDescription
    /// The folder of the programs that came with this one.
    package let programs: String
    /// The path of the preload engine's library.
    package let library: String

    package init(
        order: WorkerOrder,
        plan: ScenarioPlan,
        dispatcher: DispatcherDescription,
        programs: String,
        library: String
    ) {
        self.order = order
        self.plan = plan
        self.dispatcher = dispatcher
        self.programs = programs
        self.library = library
    }

    /// Runs the scenario and leaves its evidence where the order says.
    ///
    /// - Throws: `CancellationError`, after everything was ended and recorded; what opening the evidence or the session
    ///   throws.
    package func run() async throws {
        try await withEvidenceLog(path: order.evidence) { log in
            let host = RealRunClock(originReading: order.origin)
            log.sink(for: nil).record(.runOpened(head), at: Stamp(nanoseconds: 0))
            let reporter = ClockReporter(
                sink: log.sink(for: plan.scenario.id),
                real: { Stamp(sinceStart: host.now.sinceStart) }
            )
            let traffic = ReceiverTraffic()
            let last = Mutex(Stamp(nanoseconds: 0))
            // Opening and ending a capture waits for the kernel, which the session must not take for having nothing to do.
            try await capturing(in: log).run { capture in
                try await withWarpSession(options(reporter, traffic)) { warp in
                    defer { last.withLock { $0 = Stamp(sinceStart: warp.clock.now.sinceStart) } }
                    try await run(warp, log, host, traffic, capture)
                }
            } now: {
                (last.withLock { $0 }, Stamp(sinceStart: host.now.sinceStart))
            }
        }
    }

    private func capturing(in log: EvidenceLog) -> Capturing {
        let id = plan.scenario.id
        return Capturing(scenario: id, folder: order.captures, size: .wholeScenario, sink: log.sink(for: id))
    }

    private func run(
        _ warp: WarpSession,
        _ log: EvidenceLog,
        _ host: RealRunClock,
        _ traffic: ReceiverTraffic,
        _ capture: ScenarioCapture?
    ) async throws {
        let transport = try CurlTransport()
        let startedAt = Date(timeIntervalSince1970: Double(order.startedAt) / 1e9)
        let choice = ClockChosen(
            clock: "warped:\(order.engine)",
            reason: order.reason,
            startedAt: WallClock.text(startedAt, as: .utc)
        )
        let session = RunSession(
            pace: .warped(warp, choice: choice, host: host) { traffic.watch($0) },
            wallClock: WallClock(startedAt: startedAt, clock: warp.clock),
            origin: order.origin,
            log: log,
            authority: try RunAuthority(),
            transport: transport,
            dispatcher: dispatcher,
            programs: programs,
            work: order.work
        )
        let result: Result<Void, any Error>
        do {
            let run = try ScenarioRun(plan: plan, session: session, secrets: order.secrets, capture: capture)
            result = .success(try await run.run())
        } catch {
            result = .failure(error)
        }
        await transport.shutDown()
        try result.get()
    }

    private func options(_ reporter: ClockReporter, _ traffic: ReceiverTraffic) throws -> WarpOptions {
        guard let engine = WarpEngineKind(rawValue: order.engine) else {
            throw WarpError("'\(order.engine)' is no engine of the warped clock")
        }
        return WarpOptions(
            engine: engine,
            library: library,
            realtime: order.startedAt,
            traffic: { traffic.now },
            report: { reporter.report($0, at: $1) }
        )
    }

    /// The evidence of a worker is read by the process that ordered it, of which the seed and the host's facts are known.
    private var head: RunOpened {
        RunOpened(
            format: EvidenceFormat.current,
            tool: "hookassay worker",
            seed: 0,
            clock: "warped",
            host: "",
            cores: 0,
            startedAt: ""
        )
    }
}
