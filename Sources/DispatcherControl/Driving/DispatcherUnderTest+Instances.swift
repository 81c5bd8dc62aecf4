import DeliveryEvidence
import Notation

/// Further instances of the dispatcher on the same store.
extension DispatcherUnderTest {
    /// Starts another instance, with a port of its own and everything that lives with it, and waits until it takes requests.
    ///
    /// Endpoints and events are still handed to the first. That the other refuses to run is an observation.
    ///
    /// - Throws: `DispatcherError` when the description has no `start`, or a placeholder has no value.
    package func startAnotherInstance() async throws {
        guard let command = description.start else {
            throw DispatcherError("\(description.path) has no `start`, so that there can be no second instance")
        }
        let number = instances.isEmpty ? 2 : (lives.keys.compactMap { $0 }.count { $0.hasPrefix(Self.label) }) + 2
        var own = values
        own["port"] = FreePort.find(1).first.map { .number(String($0)) }
        var started: [HostedProcess] = []
        do {
            for service in description.services where service.lifetime == .dispatcher {
                let launch = try launch(of: service.command, service: "\(Self.label) \(number) · \(service.name)", own)
                try await begin(launch, service.ready, own, &started)
            }
            try await begin(
                try launch(of: command, service: "\(Self.label) \(number)", own),
                description.ready,
                own,
                &started
            )
        } catch let error as DispatcherError {
            let refused = started.first { $0.end != nil }
            for process in started where process.end == nil { await end(process) }
            record(number, refused == nil ? .failed : .refused, refused?.lastLine ?? error.description)
            return
        }
        instances += started
        record(number, .running, "")
    }

    /// What the processes of further instances are called in the evidence.
    private static let label = "instance"

    private func begin(
        _ launch: Launch,
        _ readiness: Readiness?,
        _ own: Placeholders,
        _ started: inout [HostedProcess]
    ) async throws {
        let process = start(launch, as: .lasting)
        started.append(process)
        guard let readiness else {
            process.enter(.running)
            return
        }
        let watch = ReadinessWatch(
            readiness: readiness,
            placeholders: own,
            transport: api.transport,
            clock: evidence.clock
        )
        _ = try await watch.wait(for: process, beside: [])
        if let end = process.enter(.running) {
            throw DispatcherError.endedByItself(process.launch, end, lastLine: process.lastLine)
        }
    }

    private func end(_ process: HostedProcess) async {
        process.enter(.ending)
        send("KILL", to: process)
        await process.waitForEnd()
    }

    private func record(_ number: Int, _ outcome: DispatcherInstance.Outcome, _ detail: String) {
        evidence.record(
            .dispatcherInstance(
                DispatcherInstance(number: number, outcome: outcome, detail: String(detail.prefix(300)))
            )
        )
    }
}
