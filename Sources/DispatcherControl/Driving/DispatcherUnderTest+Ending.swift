import DeliveryEvidence
import Glibc
import RunClocks

extension DispatcherUnderTest {
    /// What an ending is about.
    enum Reach {
        /// The dispatcher, its programs, and the services that live with it.
        case dispatcher
        /// All services too, at the end of the scenario.
        case everything
    }

    /// Sends SIGKILL to every process of the dispatcher and returns when they have ended.
    package func kill() async {
        await kill(.dispatcher)
    }

    /// Asks the dispatcher, and then the services that live with it, to end, each with its own stop signal.
    ///
    /// - Parameter limit: How long each may take before it is killed, instead of what the description says.
    package func stop(within limit: Duration? = nil) async {
        await stop(.dispatcher, within: limit)
    }

    /// Kills all that is within reach at the same moment, as a crash of their host would.
    func kill(_ reach: Reach) async {
        let running = groups(within: reach).flatMap(\.processes)
        for process in running { process.enter(.ending) }
        for process in running { send("KILL", to: process) }
        for process in running { await process.waitForEnd() }
        forget(reach)
    }

    /// Asks one after the other to end, the last started first.
    func stop(_ reach: Reach, within limit: Duration? = nil) async {
        let groups = groups(within: reach)
        storeHold = reach == .everything ? nil : storeHold
        // One that ends because another was ended did what was asked of them all.
        for process in groups.flatMap(\.processes) { process.enter(.ending) }
        for group in groups {
            await end(group.processes, with: group.stop.signal, within: limit ?? group.stop.within)
        }
        forget(reach)
    }

    /// What runs and is within reach, in the order in which it is asked to end.
    private func groups(within reach: Reach) -> [(processes: [HostedProcess], stop: StopRule)] {
        var groups = [([process].compactMap { $0 } + programs + instances, description.stop)]
        for service in description.services.reversed() where isReached(service, by: reach) {
            if let process = services[service.name] { groups.append(([process], service.stop)) }
        }
        return groups.map { processes, stop in (processes.filter { $0.end == nil }, stop) }
    }

    private func isReached(_ service: ServiceDescription, by reach: Reach) -> Bool {
        reach == .everything || service.lifetime == .dispatcher
    }

    private func forget(_ reach: Reach) {
        process = nil
        instances = []
        programs.removeAll { $0.end != nil }
        for service in description.services where isReached(service, by: reach) { services[service.name] = nil }
    }

    private func end(_ processes: [HostedProcess], with signal: String, within limit: Duration) async {
        for process in processes where process.end == nil { send(signal, to: process) }
        // One limit for all of them: they were all asked at the same time.
        let deadline = evidence.clock.now.advanced(by: limit)
        for process in processes {
            if await !ends(process, until: deadline) { send("KILL", to: process) }
            await process.waitForEnd()
        }
    }

    /// Signals a process and everything that descends from it, and records it.
    func send(_ signal: String, to process: HostedProcess) {
        let launch = process.launch
        let record = DispatcherSignalled(life: launch.life, signal: signal, service: launch.service)
        evidence.record(.dispatcherSignalled(record))
        process.send(Self.number(of: signal))
    }

    private static func number(of signal: String) -> Int32 {
        switch signal {
        case "KILL": SIGKILL
        case "STOP": SIGSTOP
        case "CONT": SIGCONT
        case "INT": SIGINT
        case "QUIT": SIGQUIT
        default: SIGTERM
        }
    }

    private func ends(_ process: HostedProcess, until deadline: RunInstant) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await process.waitForEnd() }
            group.addTask { [clock = evidence.clock] in
                // Cancellation is the other task's success; there is nothing to tell.
                try? await clock.sleep(until: deadline, tolerance: nil)
            }
            await group.next()
            group.cancelAll()
        }
        return process.end != nil
    }
}
