import Foundation
import Subprocess
import SystemPackage

/// What came of running a program to its end.
package struct ProgramRun: Sendable {
    /// The exit status; 1000 and the signal's number when a signal ended it.
    package var status: Int32
    /// What it wrote to standard output.
    package var output: String
    /// What it wrote to standard error.
    package var complaints: String

    /// Both, for the message of a failed expectation.
    package var everything: String { output + complaints }

    /// Runs one of the built programs as a person would, when there is room for one more.
    ///
    /// - Parameters:
    ///   - program: Its name; or the path of another program, from the root on.
    ///   - arguments: Its arguments.
    ///   - folder: Its working directory; the test's own when it is `nil`.
    ///   - environment: What is added to the test's own environment.
    ///   - limit: After this long it is killed, which no test takes for success.
    ///   - meanwhile: Is given the id of the process while it runs.
    package static func of(
        _ program: String,
        _ arguments: [String],
        in folder: String? = nil,
        environment: [String: String] = [:],
        limit: Duration = .seconds(600),
        meanwhile: @escaping @Sendable (_ processID: Int32) async throws -> Void = { _ in }
    ) async throws -> ProgramRun {
        try await RunningAtOnce.few.run {
            try await withThrowingTaskGroup(of: ProgramRun?.self) { group in
                group.addTask { try await run(program, arguments, folder, environment, meanwhile) }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let run = first else {
                    throw TookTooLong(program: program, arguments: arguments, limit: limit)
                }
                return run
            }
        }
    }

    private static func run(
        _ program: String,
        _ arguments: [String],
        _ folder: String?,
        _ environment: [String: String],
        _ meanwhile: @escaping @Sendable (Int32) async throws -> Void
    ) async throws -> ProgramRun {
        var options = PlatformOptions()
        // It ends what it started by itself, given the time; only a program that hangs is killed.
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(60))]
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }
        let result = try await Subprocess.run(
            .path(FilePath(program.hasPrefix("/") ? program : BuiltPrograms.folder + "/" + program)),
            arguments: Arguments(arguments),
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
            workingDirectory: folder.map { FilePath($0) },
            platformOptions: options,
            input: .none,
            output: .string(limit: 4 * 1024 * 1024),
            error: .string(limit: 4 * 1024 * 1024)
        ) { execution in
            try await meanwhile(execution.processIdentifier.value)
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 1000 + signal
            }
        return ProgramRun(status: status, output: result.standardOutput, complaints: result.standardError)
    }

    /// A program that did not end in time.
    package struct TookTooLong: Error {
        package var program: String
        package var arguments: [String]
        package var limit: Duration
    }
}
