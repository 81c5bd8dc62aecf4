import Foundation
import ProgramRunning

/// A correct dispatcher and its mutants.
package struct DispatcherFamily: Sendable {
    /// What pages call it.
    package var name: String
    package var mutants: [ListedMutant]
    /// The text of the dispatcher.yaml of one of its mutants, or of the correct dispatcher.
    package var description: @Sendable (_ mutant: String?) async throws -> String

    /// The reference dispatcher and the policies that break it.
    package static func reference() async throws -> DispatcherFamily {
        let list = try await ProgramRun.of("mutant-dispatcher", ["--list"])
        return DispatcherFamily(name: "Swift", mutants: ListedMutant.all(in: list.output)) { mutant in
            let text = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml")
            guard let mutant else { return text }
            return text.replacing(
                "- \"{programs}/webhook-dispatcher\"\n",
                with: "- \"{programs}/mutant-dispatcher\"\n    - --mutant=\(mutant)\n"
            )
        }
    }

    /// The dispatchers in Python, which share nothing with the harness.
    package static func independent() async throws -> DispatcherFamily {
        let list = try await python(["--list"])
        return DispatcherFamily(name: "Python", mutants: ListedMutant.all(in: list)) { mutant in
            if let mutant { return try await python(["--describe", mutant]) }
            let folder = BuiltPrograms.repository.appending(path: "Tests/Independent")
            return try folder.text(of: "dispatcher.yaml").replacing("{folder}", with: folder.path)
        }
    }

    private static func python(_ arguments: [String]) async throws -> String {
        let program = BuiltPrograms.repository.appending(path: "Tests/Independent/mutants.py").path
        // Keeps Python from leaving files beside the programs.
        let run = try await ProgramRun.of(
            "/usr/bin/env",
            ["python3", program] + arguments,
            environment: ["PYTHONDONTWRITEBYTECODE": "1"]
        )
        guard run.status == 0 else { throw Failure(message: "Python's mutants cannot be asked: \(run.complaints)") }
        return run.output
    }

    /// A program that did not answer as it should.
    package struct Failure: Error, CustomStringConvertible {
        package var message: String
        package var description: String { message }
    }
}
