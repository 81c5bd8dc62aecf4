import ContractJudging
import Foundation
import MutantHunting
import ProgramRunning
import Testing

/// Every mutant of `mutant-dispatcher`, with its checks and the scenarios it is hunted in.
private func mutants() async throws -> [ListedMutant] {
    ListedMutant.all(in: try await ProgramRun.of("mutant-dispatcher", ["--list"]).output)
}

/// The hunts are all run by the kill matrix (`bin/kill-matrix`); these say that its table is sound, and run a handful.
@Suite struct `The table of mutants` {
    @Test func `names mutants only once`() async throws {
        let names = try await mutants().map(\.name)
        #expect(names.count == Set(names).count)
        #expect(!names.isEmpty)
    }

    @Test func `names checks that there are, and scenarios that there are`() async throws {
        let checks = Set(CheckCatalogue.all.map(\.description.id.rawValue))
        for mutant in try await mutants() {
            #expect(!mutant.caughtBy.isEmpty, "\(mutant.name) names no check in caughtBy")
            #expect(!mutant.hunts.isEmpty, "\(mutant.name) names no scenario in hunts")
            for check in mutant.caughtBy + mutant.alsoTrips.keys {
                #expect(checks.contains(check), "\(mutant.name) names the check \(check)")
            }
            for scenario in mutant.hunts {
                let path = Hunt.path(of: scenario).path
                #expect(FileManager.default.fileExists(atPath: path), "\(mutant.name) is hunted in \(scenario)")
            }
        }
    }

    @Test(
        .enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)),
        arguments: [
            "acknowledges-before-recording", "follows-redirects", "ignores-the-limit", "retries-too-soon",
            "signs-reserialised-json",
        ]
    )
    func `is right about a handful`(_ name: String) async throws {
        let family = try await DispatcherFamily.reference()
        let mutant = try #require(family.mutants.first { $0.name == name })
        let hunted = try await Hunt.run(mutant, of: family)
        #expect(hunted.isKilled, "\(KillMatrix.problems(of: hunted))")
    }
}
