import CurlTransport
import DeliveryEvidence
import DeliveryScenarios
import DispatcherControl
import Foundation
import MockReceivers
import Notation
import RunClocks
import ScenarioRunning
import WebhookContracts

/// Runs small scenarios of the parish against a dispatcher that takes every event and delivers none.
struct SmallRun {
    let session: RunSession
    let contract: Contract

    /// Gives `body` a session of its own.
    ///
    /// - Parameter captures: the name of a folder for captures, in the run's own.
    static func with(captures: String? = nil, _ body: (SmallRun) async throws -> Void) async throws {
        let work = FileManager.default.temporaryDirectory.path + "/small-run-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        // What cannot be removed is a file of the system's own temporary folder; no test is about it.
        defer { try? FileManager.default.removeItem(atPath: work) }
        let contract = try Parish.contract()
        let description = try DispatcherFile.parse(
            SourceText(path: "dispatcher.yaml", text: #"{ dispatcher: Nobody, emit: { command: ["true"] } }"#)
        )
        let transport = try CurlTransport()
        try await withEvidenceLog(path: work + "/evidence.ndjson") { log in
            let clock = RealRunClock()
            let session = RunSession(
                pace: .real(clock),
                wallClock: WallClock(startedAt: Date(), clock: clock),
                origin: clock.originReading,
                log: log,
                authority: try RunAuthority(),
                transport: transport,
                dispatcher: description,
                programs: work,
                work: work,
                captures: captures.map { work + "/" + $0 }
            )
            try await body(SmallRun(session: session, contract: contract))
        }
        await transport.shutDown()
    }

    /// A plan of these steps, one a line, that is expected to take so many seconds.
    func plan(_ name: String, _ steps: String, takes seconds: Int = 1, skip: String? = nil) throws -> ScenarioPlan {
        let lines = steps.split(separator: "\n").map { "  - \($0)\n" }.joined()
        let text = "scenario: Steps\nreceiver:\n  - respond: 200\nsteps:\n\(lines)"
        let scenario = try ScenarioFile.read(SourceText(path: "/parish/\(name).yaml", text: text))
        var plan = ScenarioPlan.make(scenario, contract)
        plan.expectedTime = .seconds(seconds)
        plan.skipReason = skip
        return plan
    }

    /// What was recorded of a scenario.
    func events(of name: String) -> [EvidenceEvent] {
        session.log.records(of: "parish/\(name)").map(\.event)
    }

    /// What kept a scenario from being carried through, as `component: message`.
    func failure(of name: String) -> String? {
        events(of: name).lazy.compactMap { event in
            if case .harnessFailed(let failed) = event { "\(failed.component): \(failed.message)" } else { nil }
        }.first
    }

    /// How the observation of a scenario ended.
    func observation(of name: String) -> ObservationEnded? {
        events(of: name).lazy.compactMap { if case .observationEnded(let ended) = $0 { ended } else { nil } }.first
    }
}
