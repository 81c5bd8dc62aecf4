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
        programs.count { $0.end == nil }
    }

    /// Starts the dispatcher and waits until it takes requests.
    ///
    /// Does nothing for one-shot programs.
    ///
    /// - Throws: `DispatcherError` when it ends or stays unready.
    package func start() async throws {
        guard let start = description.start else { return }
        ends.enter(.starting)
        let process = try launch(start, input: nil, values, asService: true)
        self.process = process
        let watch = ReadinessWatch(readiness: description.ready, placeholders: values, transport: api.transport)
        let captured = try await watch.wait(for: process)
        ends.enter(.running)
        // An end between its sign of readiness and this line was told to nobody.
        if let end = process.end { throw DispatcherError.endedByItself(end, lastLine: process.lastLine) }
        values = values.adding(captured)
        endpoints = endpoints.map { ($0.facts, $0.values.adding(captured)) }
        sink.record(.dispatcherReady(DispatcherReady(life: process.launch.life)), at: now())
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
    ///
    /// - Throws: `CancellationError` when the calling task is cancelled first.
    package nonisolated func waitForUnexpectedEnd() async throws -> DispatcherError {
        for await error in ends.unexpected { return error }
        throw CancellationError()
    }

    private func end(with signal: Int32, named name: String, within limit: Duration?) async {
        let running = ([process].compactMap { $0 } + programs).filter { $0.end == nil }
        ends.enter(.ending)
        for process in running { send(signal, named: name, to: process) }
        // One limit for all of them: they were all asked at the same time.
        let deadline = limit.map { ContinuousClock.now + $0 }
        for process in running {
            if let deadline, await !ends(process, until: deadline) { send(SIGKILL, named: "KILL", to: process) }
            await process.waitForEnd()
        }
        process = nil
        programs.removeAll { $0.end != nil }
    }

    private func send(_ signal: Int32, named name: String, to process: HostedProcess) {
        let signalled = DispatcherSignalled(life: process.launch.life, signal: name)
        sink.record(.dispatcherSignalled(signalled), at: now())
        process.send(signal)
    }

    private func ends(_ process: HostedProcess, until deadline: ContinuousClock.Instant) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await process.waitForEnd() }
            group.addTask {
                // Cancellation is the other task's success; there is nothing to tell.
                try? await Task.sleep(until: deadline, clock: .continuous)
            }
            await group.next()
            group.cancelAll()
        }
        return process.end != nil
    }

    /// Starts a process of the dispatcher.
    ///
    /// - Parameter isService: Says that its end is the end of the dispatcher.
    /// - Throws: `DispatcherError` when a placeholder has no value.
    func launch(
        _ command: ProcessCommand,
        input: String?,
        _ values: Placeholders,
        asService isService: Bool
    ) throws(DispatcherError) -> HostedProcess {
        var environment: [String: String] = [:]
        for (name, text) in command.environment { environment[name] = try values.fill(text) }
        life += 1
        let launch = Launch(
            life: life,
            command: try values.arguments(command.arguments),
            environment: environment,
            input: input ?? ""
        )
        let process = HostedProcess(
            launch,
            onStart: { [sink, now] processID in
                let started = DispatcherStarted(life: launch.life, processID: processID, command: launch.command)
                sink.record(.dispatcherStarted(started), at: now())
            },
            onLine: { [sink, now] line in
                sink.record(.dispatcherOutput(DispatcherOutput(life: launch.life, line: line)), at: now())
            },
            onEnd: { [sink, now, ends] end, lastLine in
                let phase = ends.phase
                let isExpected = phase == .ending || (end.wasStarted && !isService)
                let exited = DispatcherExited(life: launch.life, status: end.status, expected: isExpected)
                sink.record(.dispatcherExited(exited), at: now())
                if !isExpected, phase == .running { ends.tell(.endedByItself(end, lastLine: lastLine)) }
            }
        )
        host.launch(process)
        return process
    }
}
