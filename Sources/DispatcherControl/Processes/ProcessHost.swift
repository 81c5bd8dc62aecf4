import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// Runs processes on the host's own clock, as children of one task, so that none outlives the scope it was started in.
///
/// Each leads a session and process group of its own, so that a signal reaches its children too.
package final class ProcessHost: ProcessHosting {
    private let launches: AsyncStream<HostedProcess>
    private let submit: AsyncStream<HostedProcess>.Continuation

    /// Makes a host for one `withDispatcherUnderTest`.
    package init() {
        (launches, submit) = AsyncStream.makeStream(of: HostedProcess.self)
    }

    package func launch(_ process: HostedProcess) {
        if case .terminated = submit.yield(process) { process.ended(.notStarted("the run is ending")) }
    }

    package func finish() { submit.finish() }

    package func run() async {
        await withDiscardingTaskGroup { group in
            for await process in launches {
                group.addTask { await Self.host(process) }
            }
        }
    }

    /// Writing to a program that does not read its input would end the harness with SIGPIPE.
    ///
    /// The programs themselves start with the signal as it is by default; libcurl and the sockets do not rely on it.
    private static let ignoresBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

    private static func host(_ process: HostedProcess) async {
        ignoresBrokenPipes
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
                input: .inputWriter,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                wasStarted.store(true, ordering: .relaxed)
                let group = -execution.processIdentifier.value
                process.started(processID: execution.processIdentifier.value) { _ = kill(group, $0) }
                // Both at once: a program may answer before it has read everything.
                async let input: Void = feed(launch.input, to: execution.standardInputWriter)
                var splitter = LineSplitter()
                for try await buffer in execution.standardOutput {
                    for line in buffer.withUnsafeBytes({ splitter.take($0) }) { process.wrote(line) }
                }
                if let line = splitter.finish() { process.wrote(line) }
                await input
            }
            process.ended(.exited(text(of: result.terminationStatus)))
        } catch {
            let program = launch.command.first ?? ""
            process.ended(end(of: program, after: error, wasStarted: wasStarted.load(ordering: .relaxed)))
        }
    }

    /// Writes the whole input and closes it.
    private static func feed(_ input: String, to writer: StandardInputWriter) async {
        do {
            if !input.isEmpty { _ = try await writer.write(Array(input.utf8)) }
            try await writer.finish()
        } catch {
            // A program need not read its input, and may close it or end before it has it all.
        }
    }

    private static func end(of program: String, after error: any Error, wasStarted: Bool) -> ProcessEnd {
        if wasStarted {
            return .exited(error is CancellationError ? "killed when the run was cancelled" : "killed: \(error)")
        }
        if error is CancellationError { return .notStarted("the run is ending") }
        if let error = error as? SubprocessError, error.code == .executableNotFound {
            return .notFound(program)
        }
        return .notStarted("\(error)")
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
