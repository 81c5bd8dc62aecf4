import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// Runs processes as children of one task, so that none outlives the scope it was started in.
final class ProcessHost: Sendable {
    private let launches: AsyncStream<HostedProcess>
    private let submit: AsyncStream<HostedProcess>.Continuation

    init() {
        (launches, submit) = AsyncStream.makeStream(of: HostedProcess.self)
    }

    /// Starts `process` soon.
    ///
    /// Its start or its failure to start is told to the process itself.
    func launch(_ process: HostedProcess) {
        if case .terminated = submit.yield(process) { process.ended(.notStarted("the run is ending")) }
    }

    /// Takes no more launches; `run` returns when the processes that were launched have ended.
    func finish() { submit.finish() }

    /// Hosts processes until `finish` was called and all of them have ended.
    ///
    /// Cancellation kills them.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await process in launches {
                group.addTask { await Self.host(process) }
            }
        }
    }

    private static func host(_ process: HostedProcess) async {
        let launch = process.launch
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let wasStarted = Atomic(false)
        do {
            let result = try await Subprocess.run(
                executable(launch.command.first ?? ""),
                arguments: Arguments(Array(launch.command.dropFirst())),
                environment: .inherit.updating(keyed(launch.environment)),
                platformOptions: options,
                input: .string(launch.input),
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                wasStarted.store(true, ordering: .relaxed)
                process.started(processID: execution.processIdentifier.value)
                var splitter = LineSplitter()
                for try await buffer in execution.standardOutput {
                    for line in buffer.withUnsafeBytes({ splitter.take($0) }) { process.wrote(line) }
                }
                if let line = splitter.finish() { process.wrote(line) }
            }
            process.ended(.exited(text(of: result.terminationStatus)))
        } catch {
            process.ended(end(after: error, wasStarted: wasStarted.load(ordering: .relaxed)))
        }
    }

    private static func end(after error: any Error, wasStarted: Bool) -> ProcessEnd {
        if wasStarted {
            return .exited(error is CancellationError ? "killed when the run was cancelled" : "killed: \(error)")
        }
        return .notStarted(error is CancellationError ? "the run is ending" : "\(error)")
    }

    private static func executable(_ name: String) -> Executable {
        name.contains("/") ? .path(FilePath(name)) : .name(name)
    }

    private static func keyed(_ environment: [String: String]) -> [Subprocess.Environment.Key: String?] {
        Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0.key), $0.value) })
    }

    private static func text(of status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }
}
