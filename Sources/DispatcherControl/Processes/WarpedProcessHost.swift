import Foundation
package import RunClocks
import Synchronization

/// Runs processes under the virtual clock of a warped session.
///
/// Their children, daemons among them, are signalled with them and end with the session at the latest.
package final class WarpedProcessHost: ProcessHosting {
    private struct State {
        var running: [Int: HostedProcess] = [:]
        var launched = 0
        var takesLaunches = true
        var waiting: CheckedContinuation<Void, Never>?

        var isOver: Bool { !takesLaunches && running.isEmpty }
    }

    private let session: WarpSession
    private let state = Mutex(State())

    /// Makes a host for one `withDispatcherUnderTest` inside the scope of `session`.
    package init(session: WarpSession) {
        self.session = session
    }

    package func launch(_ process: HostedProcess) {
        let number = state.withLock { state -> Int? in
            guard state.takesLaunches else { return nil }
            state.launched += 1
            state.running[state.launched] = process
            return state.launched
        }
        guard let number else { return process.ended(.notStarted("the run is ending")) }
        session.launch(program(process, number: number))
    }

    package func finish() {
        change { $0.takesLaunches = false }
    }

    package func run() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                change { $0.waiting = continuation }
            }
        } onCancel: {
            change { $0.takesLaunches = false }
            for process in state.withLock({ Array($0.running.values) }) { process.send(SIGKILL) }
        }
    }

    /// Changes the state, and lets `run` return when that was the last it waited for.
    private func change(_ change: (inout State) -> Void) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            change(&state)
            guard state.isOver else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    private func program(_ process: HostedProcess, number: Int) -> WarpProgram {
        let launch = process.launch
        let lines = ProgramLines(of: process)
        return WarpProgram(
            command: launch.command,
            environment: ProcessInfo.processInfo.environment.merging(launch.environment) { $1 },
            input: Array(launch.input.utf8),
            onStart: { [session] root in
                process.started(processID: root) { session.signal(root, $0) }
            },
            onOutput: { lines.take($0) },
            onEnd: { [self] end in
                lines.finish()
                process.ended(Self.ending(end, of: launch.command.first ?? ""))
                change { $0.running[number] = nil }
            }
        )
    }

    private static func ending(_ end: WarpProgramEnd, of program: String) -> ProcessEnd {
        switch end {
        case .exited(let code): .exited("exit \(code)")
        case .signalled(let signal): .exited("signal \(signal)")
        case .notStarted(ENOENT), .notStarted(EACCES), .notStarted(ENOEXEC): .notFound(program)
        case .notStarted(let code): .notStarted(String(cString: strerror(code)).lowercased())
        }
    }
}

/// Cuts the output of a process into lines and passes them on.
private final class ProgramLines: Sendable {
    private let process: HostedProcess
    private let splitter = Mutex(LineSplitter())

    init(of process: HostedProcess) {
        self.process = process
    }

    func take(_ bytes: [UInt8]) {
        for line in splitter.withLock({ $0.take(bytes) }) { process.wrote(line) }
    }

    func finish() {
        if let line = splitter.withLock({ $0.finish() }) { process.wrote(line) }
    }
}
