import CurlTransport
import DeliveryEvidence
import Glibc
import Notation
import RunClocks

/// The dispatcher under test: any program, driven through its `dispatcher.yaml`, with the services it needs.
///
/// Everything it does or says is put into the evidence. Lives exist only inside `withDispatcherUnderTest`.
package actor DispatcherUnderTest {
    package nonisolated let description: DispatcherDescription
    let api: DispatcherAPI
    let evidence: StampedSink
    let hosting: any ProcessHosting
    var values: Placeholders
    /// How many processes there were of the dispatcher (`nil`) and of each service.
    var lives: [String?: Int] = [:]
    var process: HostedProcess?
    /// The services that were started and not ended, by name.
    var services: [String: HostedProcess] = [:]
    var programs: [HostedProcess] = []
    var endpoints: [(facts: EndpointFacts, values: Placeholders)] = []
    /// The dispatcher's own ids of the events it took on, by the scenario's names.
    var eventIDs: [String: String] = [:]
    /// The processes of further instances of the dispatcher on the same store.
    var instances: [HostedProcess] = []
    /// Keeps the store unavailable as long as it is there.
    var storeHold: SQLiteHold?
    let turns = Turns(mostPrograms)
    let ends = Ends()

    init(
        description: DispatcherDescription,
        values: Placeholders,
        transport: CurlTransport,
        evidence: StampedSink,
        hosting: any ProcessHosting
    ) {
        self.description = description
        self.values = values
        self.evidence = evidence
        self.hosting = hosting
        api = DispatcherAPI(transport: transport)
    }

    /// How many one-shot programs are still running.
    package var runningPrograms: Int {
        programs.count { $0.end == nil }
    }

    /// Says that nothing of the dispatcher itself is missing: neither what `start` says nor a service that lives with it.
    var isRunning: Bool {
        let parts = description.services.filter { $0.lifetime == .dispatcher }.map { services[$0.name] }
        return (description.start == nil ? parts : parts + [process]).allSatisfy { $0 != nil && $0?.end == nil }
    }

    /// Starts the services that do not run yet, in order, and then the dispatcher; waits until each can be used.
    ///
    /// - Throws: `DispatcherError` when one of them ends or stays unready.
    package func start() async throws {
        for service in description.services where services[service.name] == nil {
            let launch = try launch(of: service.command, service: service.name, values)
            let process = start(launch, as: .lasting)
            services[service.name] = process
            try await waitUntilReady(process, service.ready)
        }
        guard let command = description.start else { return }
        let process = start(try launch(of: command, values), as: .lasting)
        self.process = process
        try await waitUntilReady(process, description.ready)
    }

    /// Returns, with the reason, when the dispatcher or a service ends although nobody asked it to.
    ///
    /// - Throws: `CancellationError` when the calling task is cancelled first.
    package nonisolated func waitForUnexpectedEnd() async throws -> DispatcherError {
        for await error in ends.unexpected { return error }
        throw CancellationError()
    }

    /// Without a sign of readiness there is nothing to wait for, and nothing to record.
    private func waitUntilReady(_ process: HostedProcess, _ readiness: Readiness?) async throws {
        var captured = Placeholders()
        if let readiness {
            let watch = ReadinessWatch(
                readiness: readiness,
                placeholders: values,
                transport: api.transport,
                clock: evidence.clock
            )
            captured = try await watch.wait(for: process, beside: services.values.filter { $0 !== process })
        }
        // An end between its sign of readiness and this line was told to nobody.
        if let end = process.enter(.running) {
            throw DispatcherError.endedByItself(process.launch, end, lastLine: process.lastLine)
        }
        values = values.adding(captured)
        endpoints = endpoints.map { ($0.facts, $0.values.adding(captured)) }
        guard readiness != nil else { return }
        let launch = process.launch
        evidence.record(.dispatcherReady(DispatcherReady(life: launch.life, service: launch.service)))
    }
}
