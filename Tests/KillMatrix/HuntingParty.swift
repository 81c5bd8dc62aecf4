import Foundation
import MutantHunting

/// Hunts mutants, a few at the same time, and says how it goes.
struct HuntingParty {
    let jobs: Int

    /// Hunts the mutants of all families; they come back in the order they were listed in.
    func hunt(_ families: [DispatcherFamily]) async throws -> [HuntedMutant] {
        let prey = families.flatMap { family in family.mutants.map { (family, $0) } }
        return try await withThrowingTaskGroup(of: (Int, HuntedMutant).self) { group in
            var hunted = [HuntedMutant?](repeating: nil, count: prey.count)
            var next = 0
            func begin() {
                guard next < prey.count else { return }
                let (index, (family, mutant)) = (next, prey[next])
                next += 1
                group.addTask { (index, try await Hunt.run(mutant, of: family)) }
            }
            for _ in 0..<max(1, jobs) { begin() }
            while let (index, one) = try await group.next() {
                hunted[index] = one
                Progress.say(
                    "\(one.isKilled ? "killed" : "ALIVE ") \(one.mutant.name) (\(one.family)): \(Self.sentence(of: one))"
                )
                begin()
            }
            return hunted.compactMap(\.self)
        }
    }

    /// Runs each family's correct dispatcher on all scenarios that its mutants are hunted in.
    func correctRuns(of families: [DispatcherFamily]) async throws -> [KillMatrix.CorrectRun] {
        var runs: [KillMatrix.CorrectRun] = []
        for family in families {
            let scenarios = Set(family.mutants.flatMap(\.hunts)).sorted()
                .filter { FileManager.default.fileExists(atPath: Hunt.path(of: $0).path) }
            guard !scenarios.isEmpty else { continue }
            let outcome = try await Hunt.run(scenarios, mutant: nil, of: family, jobs: jobs)
            let run = KillMatrix.CorrectRun(
                family: family.name,
                scenarios: scenarios.count,
                violated: outcome.violated,
                obstacle: outcome.obstacle
            )
            Progress.say("correct (\(run.family)): \(run.scenarios) scenarios, \(run.violated.count) accusations")
            runs.append(run)
        }
        return runs
    }

    private static func sentence(of hunted: HuntedMutant) -> String {
        if let obstacle = hunted.obstacle { return obstacle }
        let missed = hunted.missed.isEmpty ? "" : "; missed by \(hunted.missed.joined(separator: ", "))"
        let extra = hunted.unexplained.isEmpty ? "" : "; unexplained \(hunted.unexplained.joined(separator: ", "))"
        return hunted.killers.joined(separator: ", ") + missed + extra
    }
}
