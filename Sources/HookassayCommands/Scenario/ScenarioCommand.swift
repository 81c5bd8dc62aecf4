import ArgumentParser
import DeliveryScenarios
import Notation

/// `hookassay scenario`: what there is to run, and whether it is written well.
struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract: "Lists and checks scenarios.",
        subcommands: [ScenarioList.self, ScenarioCheck.self]
    )
}

/// `hookassay scenario list`.
struct ScenarioList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists scenarios and how long they take."
    )

    @Argument(help: "Scenario files, or folders of them.")
    var paths: [String] = []

    func run() async throws {
        let loaded = try LoadedScenario.all(paths)
        let plans = loaded.compactMap(\.plan)
        let width = plans.map(\.scenario.id.count).max() ?? 0
        for plan in plans {
            let id = plan.scenario.id + String(repeating: " ", count: width - plan.scenario.id.count)
            let time = DurationNotation.text(.seconds(plan.expectedTime.components.seconds + 1))
            let note = plan.skipReason.map { " [skipped: \($0)]" } ?? ""
            StandardStreams.print("\(id)  ≈ \(time)  \(plan.scenario.title)\(note)")
        }
        try LoadedScenario.complain(about: loaded)
    }
}

/// `hookassay scenario lint`.
struct ScenarioCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Checks scenario files without running them."
    )

    @Argument(help: "Scenario files, or folders of them.")
    var paths: [String] = []

    func run() async throws {
        let loaded = try LoadedScenario.all(paths)
        try LoadedScenario.refuseSharedIDs(in: loaded.map(\.path))
        for case .plan(_, let warnings) in loaded where !warnings.isEmpty { StandardStreams.complain(warnings) }
        try LoadedScenario.complain(about: loaded)
        StandardStreams.print(
            loaded.count == 1 ? "1 scenario is well written" : "\(loaded.count) scenarios are well written"
        )
    }
}

extension LoadedScenario {
    /// Every scenario that `paths` name.
    ///
    /// - Throws: an exit code, after saying why, when a path does not exist or nothing is found.
    static func all(_ paths: [String]) throws -> [LoadedScenario] {
        let files: [String]
        do {
            files = try ScenarioDiscovery.files(paths)
        } catch {
            StandardStreams.complain(error.rendered(in: nil))
            throw ExitStatus.fileWrong.exit
        }
        guard !files.isEmpty else {
            StandardStreams.complain("hookassay: there is no scenario here")
            throw ExitStatus.nothingSelected.exit
        }
        return files.map { LoadedScenario(path: $0) }
    }

    /// Sees to it that every id is there once.
    ///
    /// - Throws: an exit code, after saying which files share one.
    static func refuseSharedIDs(in files: [String]) throws {
        let problems = ScenarioDiscovery.sharedIDs(in: files)
        guard problems.hasErrors else { return }
        StandardStreams.complain(problems.rendered(sources: []))
        throw ExitStatus.fileWrong.exit
    }

    /// Shows the problems of the broken ones.
    ///
    /// - Throws: an exit code when there is any.
    static func complain(about loaded: [LoadedScenario]) throws {
        var isBroken = false
        for case .broken(_, let problems) in loaded {
            StandardStreams.complain(problems)
            isBroken = true
        }
        if isBroken { throw ExitStatus.fileWrong.exit }
    }
}
