import ContractJudging
import Foundation
import ProgramRunning

/// Runs `hookassay` with a mutant as the dispatcher under test, as a user would.
struct MutantRun {
    /// What came of a run.
    struct Outcome {
        var exitStatus: Int32
        /// The checks that found a violated promise.
        var violated: Set<String>
        var output: String

        /// The entries of the catalogue that these checks cover.
        var codes: Set<String> {
            Set(violated.flatMap { CheckCatalogue.description(of: CheckID(rawValue: $0))?.codes ?? [] })
        }
    }

    /// Runs one scenario (`<provider>/<name>`) against a mutant, or against the reference dispatcher when it is `nil`.
    static func run(_ scenario: String, mutant: String?) async throws -> Outcome {
        try await withTemporaryFolder { folder in
            var description = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml")
            if let mutant {
                description = description.replacing(
                    "- \"{programs}/webhook-dispatcher\"\n",
                    with: "- \"{programs}/mutant-dispatcher\"\n    - --mutant=\(mutant)\n"
                )
            }
            try folder.write(description, to: "dispatcher.yaml")
            let run = try await ProgramRun.of(
                "hookassay",
                [
                    "run", BuiltPrograms.repository.appending(path: "Scenarios/\(scenario).yaml").path,
                    "--dispatcher", folder.appending(path: "dispatcher.yaml").path,
                    "--out", folder.path, "--progress", "none",
                ],
                limit: .seconds(600)
            )
            // A run that wrote no report accuses nobody; its exit status says the rest.
            let xml = (try? folder.text(of: "TEST-hookassay.xml")) ?? ""
            let violated = xml.matches(of: /type="contract\.([a-z.\-]+)"/).map { String($0.output.1) }
            return Outcome(exitStatus: run.status, violated: Set(violated), output: run.everything)
        }
    }

    /// Every mutant there is, with the codes of the checks that have to notice.
    static func all() async throws -> [(name: String, codes: Set<String>)] {
        let list = try await ProgramRun.of("mutant-dispatcher", ["--list"])
        return list.output.split(separator: "\n").map { line in
            let columns = line.split(separator: "\t").map(String.init)
            return (columns[0], Set(columns[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }))
        }
    }
}
