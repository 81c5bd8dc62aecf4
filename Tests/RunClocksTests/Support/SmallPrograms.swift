import Foundation
import ProgramRunning
import Subprocess
import SystemPackage
import Testing

/// The programs in `Programs/`, each of which makes one kind of wait and prints by its own clock how long that took.
enum SmallPrograms {
    static let hasCompiler = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

    /// Compiles a program and runs it under the warped clock.
    ///
    /// - Returns: what it printed, and how the session went.
    static func run(_ name: String, engine: String) async throws -> Session {
        try await compiled(name) { try await run([$0], engine: engine) }
    }

    /// Compiles a program and gives `body` its path.
    static func compiled<Result: Sendable>(
        _ name: String,
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let source = BuiltPrograms.repository.appending(path: "Tests/RunClocksTests/Programs/\(name).c").path
            let program = folder.appending(path: name).path
            let compiled = try await Subprocess.run(
                .path("/usr/bin/cc"),
                arguments: ["-O1", "-o", program, source, "-pthread", "-lrt"],
                output: .discarded,
                error: .string(limit: 1 << 16)
            )
            try #require(compiled.terminationStatus.isSuccess, "\(compiled.standardError)")
            return try await body(program)
        }
    }

    /// Runs any program under the warped clock.
    static func run(_ command: [String], engine: String, horizon: String = "24h") async throws -> Session {
        let run = try await ProgramRun.of(
            "hookassay",
            ["clock", "--engine", engine, "--horizon", horizon, "--json", "--"] + command,
            limit: .seconds(900)
        )
        let lines = run.complaints.split(separator: "\n").map(String.init)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let outcome = try decoder.decode(Session.Outcome.self, from: Data(run.output.utf8))
            return Session(lines: lines, outcome: outcome, status: run.status)
        } catch {
            throw NoOutcome(output: run.everything, status: run.status)
        }
    }

    struct NoOutcome: Error {
        let output: String
        let status: Int32
    }
}

/// What came of a program under the warped clock.
struct Session {
    struct Outcome: Decodable {
        struct Jumps: Decodable {
            var exact: Int
            var forced: Int
        }

        var clock: String
        var ended: String
        var virtualSeconds: Double
        var jumps: Jumps
    }

    let lines: [String]
    let outcome: Outcome
    let status: Int32
}
