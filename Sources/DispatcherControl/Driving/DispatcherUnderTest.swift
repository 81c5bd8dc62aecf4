import CurlTransport
import DeliveryEvidence
import Glibc
import Notation

/// The dispatcher under test: any program, driven through its `dispatcher.yaml`.
///
/// Everything it does or says is put into the evidence. Lives exist only inside `withDispatcherUnderTest`.
package actor DispatcherUnderTest {
    package nonisolated let description: DispatcherDescription
    let api: DispatcherAPI
    let sink: any EvidenceSink
    let now: @Sendable () -> Stamp
    let host = ProcessHost()
    var values: Placeholders
    var life = 0
    var process: HostedProcess?
    var programs: [HostedProcess] = []
    var endpoints: [(facts: EndpointFacts, values: Placeholders)] = []
    let ends: Ends

    init(
        description: DispatcherDescription,
        values: Placeholders,
        transport: CurlTransport,
        sink: any EvidenceSink,
        now: @escaping @Sendable () -> Stamp
    ) {
        self.description = description
        self.values = values
        self.sink = sink
        self.now = now
        api = DispatcherAPI(transport: transport)
        ends = Ends()
    }

    /// How many one-shot programs are still running.
    package var runningPrograms: Int {
        programs.count { $0.exitStatus == nil }
    }

    /// Starts the dispatcher and waits until it takes requests. Does nothing for one-shot programs.
    ///
    /// - Throws: `DispatcherError` when it ends or stays unready.
    package func start() async throws {
        guard let start = description.start else { return }
        let process = try launch(start, input: nil, values)
        self.process = process
        let watch = ReadinessWatch(readiness: description.ready, placeholders: values, transport: api.transport)
        let captured = try await watch.wait(for: process)
        values = values.adding(captured)
        endpoints = endpoints.map { ($0.facts, $0.values.adding(captured)) }
        sink.record(.dispatcherReady(DispatcherReady(life: life)), at: now())
    }

    /// Sends SIGKILL to every process of the dispatcher and returns when they have ended.
    package func kill() async {
        await end(with: SIGKILL, named: "KILL", within: nil)
    }

    /// Asks the dispatcher to end with its own stop signal; kills it when it has not within `limit`.
    package func stop(within limit: Duration? = nil) async {
        let number: Int32 =
            switch description.stop.signal {
            case "INT": SIGINT
            case "QUIT": SIGQUIT
            default: SIGTERM
            }
        await end(with: number, named: description.stop.signal, within: limit ?? description.stop.within)
    }

    /// Returns, with the reason, when the dispatcher ends although nobody asked it to.
    package nonisolated func waitForUnexpectedEnd() async throws -> DispatcherError {
        for await status in ends.unexpected {
            return DispatcherError("the dispatcher ended by itself (\(status))", wayOut: "see its output in the evidence")
        }
        throw CancellationError()
    }

    private func end(with signal: Int32, named name: String, within limit: Duration?) async {
        let running = ([process].compactMap { $0 } + programs).filter { $0.exitStatus == nil }
        ends.expect()
        for process in running {
            sink.record(.dispatcherSignalled(DispatcherSignalled(life: life, signal: name)), at: now())
            process.send(signal)
        }
        for process in running {
            if let limit, await !exits(process, within: limit) {
                sink.record(.dispatcherSignalled(DispatcherSignalled(life: life, signal: "KILL")), at: now())
                process.send(SIGKILL)
            }
            await process.waitForExit()
        }
        process = nil
        programs.removeAll { $0.exitStatus != nil }
    }

    private func exits(_ process: HostedProcess, within limit: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await process.waitForExit() }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return process.exitStatus != nil
    }

    func launch(_ command: ProcessCommand, input: String?, _ values: Placeholders) throws -> HostedProcess {
        life += 1
        let life = life
        let isService = description.start != nil
        var environment: [String: String] = [:]
        for (name, text) in command.environment { environment[name] = try values.fill(text) }
        let arguments = try values.arguments(command.arguments)
        let process = HostedProcess(
            command: arguments,
            environment: environment,
            input: input,
            onStart: { [sink, now] processID in
                let started = DispatcherStarted(life: life, processID: processID, command: arguments)
                sink.record(.dispatcherStarted(started), at: now())
            },
            onLine: { [sink, now] line in
                sink.record(.dispatcherOutput(DispatcherOutput(life: life, line: line)), at: now())
            },
            onExit: { [sink, now, ends] status in
                let expected = !isService || ends.isExpected
                let exited = DispatcherExited(life: life, status: status, expected: expected)
                sink.record(.dispatcherExited(exited), at: now())
                if !expected { ends.tell(status) }
            }
        )
        if isService { ends.unexpect() }
        host.launch(process)
        return process
    }
}
