import ContractJudging
import Foundation
import MutantHunting
import ProgramRunning
import Testing

/// The Python that the independent dispatchers need.
private enum Python {
    static let isThere: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import sys; sys.exit(sys.version_info < (3, 10))"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    static let folder = BuiltPrograms.repository.appending(path: "Tests/Independent")

    /// Runs `mutants.py` and returns what it prints.
    static func mutants(_ arguments: String...) async throws -> String {
        let program = folder.appending(path: "mutants.py").path
        let run = try await ProgramRun.of("/usr/bin/env", ["python3", "-B", program] + arguments)
        #expect(run.status == 0, "\(run.everything)")
        return run.output
    }
}

/// Dispatchers in Python that share nothing with the harness, and read no contract file.
@Suite(.enabled(if: Python.isThere, "there is no Python 3.10 or newer on the PATH"))
struct `Independent dispatchers` {
    @Test(
        .enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)),
        arguments: [
            "claimable/performed-by", "contentspal/changes", "jobber/era-a-retry", "oneclickcontractor/exhausted",
            "siteservicesnow/killed-with-a-queue",
        ]
    )
    func `keep what their providers promise`(_ scenario: String) async throws {
        let dispatcher = Python.folder.appending(path: "dispatcher.yaml").path
        let outcome = try await Hunt.run([scenario], dispatcher: dispatcher)
        #expect(outcome.exitStatus == 0, "\(outcome.output)")
    }

    @Test func `have mutants that name checks and scenarios that there are`() async throws {
        let mutants = ListedMutant.all(in: try await Python.mutants("--list"))
        let checks = Set(CheckCatalogue.all.map(\.description.id.rawValue))
        #expect(mutants.count >= 34)
        #expect(Set(mutants.map(\.name)).count == mutants.count)
        for mutant in mutants {
            #expect(!mutant.caughtBy.isEmpty && !mutant.hunts.isEmpty, "\(mutant.name)")
            for check in mutant.caughtBy + mutant.alsoTrips.keys {
                #expect(checks.contains(check), "\(mutant.name) names the check \(check)")
            }
            for scenario in mutant.hunts {
                let path = Hunt.path(of: scenario).path
                #expect(FileManager.default.fileExists(atPath: path), "\(mutant.name) is hunted in \(scenario)")
            }
        }
    }

    @Test(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)))
    func `are caught when they break a promise`() async throws {
        let name = "signs-another-spelling"
        let list = ListedMutant.all(in: try await Python.mutants("--list"))
        let mutant = try #require(list.first { $0.name == name })
        let description = try await Python.mutants("--describe", name)
        try await withTemporaryFolder { folder in
            try folder.write(description, to: "dispatcher.yaml")
            let path = folder.appending(path: "dispatcher.yaml").path
            let outcome = try await Hunt.run(mutant.hunts, dispatcher: path)
            #expect(outcome.exitStatus == 1, "\(outcome.output)")
            #expect(outcome.violated.isSuperset(of: mutant.caughtBy), "\(outcome.violated): \(outcome.output)")
        }
    }
}
