import DeliveryEvidence
package import DeliveryScenarios
import DispatcherControl
import Foundation
import MockNetwork
import MockReceivers
import Notation
import PacketCapturing
import WebhookContracts

/// Carries one scenario through: receivers, dispatcher, steps.
///
/// All it leaves is evidence.
package struct ScenarioRun: Sendable {
    package let plan: ScenarioPlan
    package let session: RunSession
    /// What the endpoints are configured with, by name: for the judge, and for nobody else.
    package let secrets: [String: EndpointSecrets]
    private let capture: ScenarioCapture?
    private let sink: any EvidenceSink

    /// Has the secrets redacted from now on.
    ///
    /// - Parameter capture: takes the packets of the scenario; whoever opened it ends it.
    /// - Throws: `SecretTooShort` never in practice, for the secrets drawn are long.
    package init(
        plan: ScenarioPlan,
        session: RunSession,
        secrets: [String: EndpointSecrets],
        capture: ScenarioCapture? = nil
    ) throws {
        self.plan = plan
        self.session = session
        self.secrets = secrets
        self.capture = capture
        sink = PacedSink(sink: session.log.sink(for: plan.scenario.id), pace: session.pace)
        try EndpointSecrets.redact(secrets, in: session.log.redactor)
    }

    /// Runs the scenario.
    ///
    /// Whatever keeps it from being carried through is recorded.
    ///
    /// - Throws: only `CancellationError`, after everything was ended and recorded.
    package func run() async throws {
        let scenario = plan.scenario
        sink.record(.scenarioOpened(opening), at: session.now)
        sink.record(.clockChosen(session.pace.choice), at: session.now)
        defer { sink.record(.scenarioClosed(ScenarioClosed()), at: session.now) }
        let folder = session.work + "/" + scenario.id.replacing("/", with: "-")
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(session.authority.caPEM.utf8).write(to: URL(filePath: folder + "/authority.pem"))
            try await watched(in: folder)
        } catch is CancellationError where !Task.isCancelled {
            // The warped clock came to its end before the scenario did; it has said why.
        } catch is CancellationError {
            let why = "the run was interrupted"
            sink.record(.harnessFailed(HarnessFailed(component: "harness", message: why)), at: session.now)
            throw CancellationError()
        } catch {
            sink.record(.harnessFailed(Self.failure(error)), at: session.now)
        }
        // The store of a scenario is of no use afterwards; a folder that stays behind is gone with the run's own.
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func failure(_ error: any Error) -> HarnessFailed {
        let component =
            switch error {
            case is DispatcherError: "dispatcher"
            case is ScenarioRunError: "scenario"
            case is CaptureError: "capture"
            default: "harness"
            }
        // A Cocoa error describes itself as a dump of its fields.
        let message = (error as? CocoaError)?.localizedDescription ?? "\(error)"
        return HarnessFailed(component: component, message: message)
    }

    private func watched(in folder: String) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            if !session.pace.isVirtual {
                let heartbeat = Heartbeat(clock: session.clock, sink: sink)
                group.addTask { await heartbeat.run() }
                if let capture {
                    group.addTask { await capture.drainRegularly(on: session.clock) }
                }
            }
            defer { group.cancelAll() }
            try await withMockReceivers(
                for: datedEndpoints,
                authority: session.authority,
                clock: session.clock,
                sink: sink,
                numbers: ScenarioNumbers(),
                keyLog: capture?.keyLog
            ) { receivers in
                // Before the dispatcher is there, so that it can send nothing that is missed.
                try capture?.admit(receivers.all.map(\.port))
                session.pace.opened(receivers.activity)
                let network = plan.scenario.network
                try await withMockNetwork(network, clock: session.clock, sink: sink) { open in
                    try await withDispatcherUnderTest(
                        session.dispatcher,
                        values: placeholders(in: folder).adding(placeholders(of: open)),
                        transport: session.transport,
                        sink: sink,
                        clock: session.clock,
                        hosting: session.pace.hosting(),
                        body: { try await drive($0, receivers) }
                    )
                }
            }
        }
    }

    private func drive(_ dispatcher: DispatcherUnderTest, _ receivers: OpenReceivers) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { throw try await dispatcher.waitForUnexpectedEnd() }
            group.addTask {
                try await dispatcher.start()
                try await EndpointSetup(run: self, dispatcher: dispatcher).setUp(receivers)
                var steps = StepRunner(run: self, sink: sink, dispatcher: dispatcher, receivers: receivers)
                await dispatcher.measure(.begin)
                try await steps.runAll()
                await dispatcher.measure(.end)
                await dispatcher.readDeliveryLog()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func placeholders(in folder: String) -> Placeholders {
        Placeholders([
            "programs": .string(session.programs),
            "contract": .string(plan.contract.path),
            "provider": .string(plan.contract.slug),
            "variant": .array(plan.contract.appliedVariants.map { .string($0) }),
            "store": .string(folder + "/store.sqlite"),
            "work": .string(folder),
            "trust_store": .string(folder + "/authority.pem"),
        ])
    }

    /// The endpoints, their scripts telling dates by the clock of the run.
    private var datedEndpoints: [ScenarioEndpoint] {
        plan.scenario.endpoints.map { endpoint in
            var endpoint = endpoint
            endpoint.script.clockStart = .seconds(session.wallClock.startedAt.timeIntervalSince1970)
            return endpoint
        }
    }

    /// Lists, so that an argument that names what there is none of is left out.
    private func placeholders(of network: OpenNetwork) -> Placeholders {
        Placeholders([
            "resolver": .array(network.resolver.map { [.string($0)] } ?? []),
            "proxy": .array(network.proxy.map { [.string($0)] } ?? []),
            "allowed_network": .array(plan.scenario.network.allowed.map { .string($0.description) }),
        ])
    }

    private var opening: ScenarioOpened {
        ScenarioOpened(
            file: plan.scenario.path,
            title: plan.scenario.title,
            provider: plan.contract.provider,
            contract: plan.contract.path,
            contractFingerprint: plan.contract.fingerprint,
            scenarioFingerprint: plan.scenario.fingerprint,
            variants: plan.scenario.variants,
            clock: session.pace.choice.clock,
            dispatcher: session.dispatcher.name
        )
    }
}
