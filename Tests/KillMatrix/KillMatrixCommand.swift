import ArgumentParser
import ContractJudging
import Foundation
import MutantHunting
import ProgramRunning

/// Hunts every mutant, and writes which check noticed which.
@main
struct KillMatrixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill-matrix",
        abstract: "Hunts every mutant dispatcher and writes the matrix of checks and mutants.",
        discussion: """
            Exit status: 0 when every mutant is killed by every check that has to notice, nothing else fires without an \
            explanation and no check is without a mutant; 1 otherwise.
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder for kill-matrix.md and .html.", valueName: "folder"))
    var out = "reports"

    @Option(help: ArgumentHelp("Hunt only this mutant, and write nothing; may be repeated.", valueName: "name"))
    var only: [String] = []

    @Option(name: .shortAndLong, help: "How many mutants are hunted at the same time.")
    var jobs = 2

    mutating func run() async throws {
        let began = ContinuousClock.now
        var families = [try await DispatcherFamily.reference(), try await DispatcherFamily.independent()]
        if !only.isEmpty {
            for index in families.indices { families[index].mutants.removeAll { !only.contains($0.name) } }
            let known = Set(families.flatMap(\.mutants).map(\.name))
            if let unknown = only.first(where: { !known.contains($0) }) {
                throw ValidationError("There is no mutant called \(unknown); mutant-dispatcher --list prints them.")
            }
        }
        let hunted = try await HuntingParty(jobs: jobs).hunt(families)
        let correct = only.isEmpty ? try await HuntingParty(jobs: jobs).correctRuns(of: families) : []
        let matrix = KillMatrix(
            checks: CheckCatalogue.all.map(\.description.id.rawValue),
            correct: correct,
            hunted: hunted
        )
        for note in hunted.filter({ !$0.stale.isEmpty }) {
            Progress.say(
                "note: \(note.mutant.name) (\(note.family)) explains \(note.stale.joined(separator: ", ")), which did not fire"
            )
        }
        // A few mutants prove nothing about checks that others are for.
        let problems = only.isEmpty ? matrix.problems : hunted.flatMap { KillMatrix.problems(of: $0) }
        for problem in problems { Progress.say("problem: \(problem)") }
        if only.isEmpty {
            let folder = URL(filePath: out)
            try folder.write(MatrixMarkdown.page(of: matrix), to: "kill-matrix.md")
            try folder.write(MatrixHTML.page(of: matrix), to: "kill-matrix.html")
            Progress.say(MatrixSummary.sentences(of: matrix).joined(separator: " "))
        }
        let seconds = (ContinuousClock.now - began).components.seconds
        Progress.say("\(hunted.count) mutants in \(seconds) s; \(problems.count) problems")
        if !problems.isEmpty { throw ExitCode(1) }
    }
}
