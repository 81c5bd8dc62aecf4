package import Foundation
import ProgramRunning

/// Runs `hookassay` with a mutant, or a correct dispatcher, under test, as a user would.
package enum Hunt {
    /// What came of a run.
    package struct Outcome: Sendable {
        package var exitStatus: Int32
        /// The ids of the checks that found a violated promise.
        package var violated: Set<String>
        package var output: String

        /// Why nothing was judged; `nil` when it was.
        package var obstacle: String? {
            // 0 is for all held, 1 for a violation, 2 for something inconclusive.
            (0...2).contains(exitStatus) ? nil : "the run ended with \(exitStatus): \(output.suffix(400))"
        }
    }

    /// Runs scenarios (`provider/name`) against what a dispatcher description describes.
    ///
    /// - Parameters:
    ///   - scenarios: Which ones; all in one run.
    ///   - dispatcher: The path of the description.
    ///   - jobs: How many scenarios at the same time.
    package static func run(_ scenarios: [String], dispatcher: String, jobs: Int = 1) async throws -> Outcome {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.of(
                "hookassay",
                ["run"] + scenarios.map { path(of: $0).path }
                    + ["--dispatcher", dispatcher, "--out", folder.path, "--jobs", "\(jobs)", "--progress", "none"],
                limit: .seconds(600)
            )
            // A run that wrote no report accuses nobody; its exit status says the rest.
            let xml = (try? folder.text(of: "TEST-hookassay.xml")) ?? ""
            let violated = xml.matches(of: /type="contract\.([a-z0-9.\-]+)"/).map { String($0.output.1) }
            return Outcome(exitStatus: run.status, violated: Set(violated), output: run.everything)
        }
    }

    /// Runs scenarios against a mutant of a family, or against its correct dispatcher when it is `nil`.
    package static func run(
        _ scenarios: [String],
        mutant: String?,
        of family: DispatcherFamily,
        jobs: Int = 1
    ) async throws -> Outcome {
        let description = try await family.description(mutant)
        return try await withTemporaryFolder { folder in
            try folder.write(description, to: "dispatcher.yaml")
            return try await run(scenarios, dispatcher: folder.appending(path: "dispatcher.yaml").path, jobs: jobs)
        }
    }

    /// Hunts one mutant, a second time when a check did not notice: a host that stalls makes verdicts inconclusive.
    package static func run(_ mutant: ListedMutant, of family: DispatcherFamily) async throws -> HuntedMutant {
        let missing = mutant.hunts.filter { !FileManager.default.fileExists(atPath: path(of: $0).path) }
        guard missing.isEmpty, !mutant.hunts.isEmpty else {
            let text =
                mutant.hunts.isEmpty ? "it has no hunts" : "there is no scenario \(missing.joined(separator: ", "))"
            return HuntedMutant(family: family.name, mutant: mutant, violated: [], obstacle: text)
        }
        var hunted = HuntedMutant(family: family.name, mutant: mutant, violated: [])
        for _ in 0..<2 {
            let outcome = try await run(mutant.hunts, mutant: mutant.name, of: family)
            hunted.violated = outcome.violated
            hunted.obstacle = outcome.obstacle
            if hunted.missed.isEmpty, hunted.obstacle == nil { break }
        }
        return hunted
    }

    /// Where the file of a scenario is.
    package static func path(of scenario: String) -> URL {
        BuiltPrograms.repository.appending(path: "Scenarios/\(scenario).yaml")
    }
}
