package import ArgumentParser
import RunClocks
import ScenarioRunning

/// The `hookassay` command.
package struct HookassayCommand: AsyncParsableCommand {
    /// The version of the tool, also written into the evidence.
    package static let version = "0.1.0"

    package static let configuration = CommandConfiguration(
        commandName: "hookassay",
        abstract: "Tests what a webhook dispatcher promises.",
        discussion: """
            Exit codes: 0 all held, 1 a promise violated, 2 none violated but something inconclusive, 3 the harness or \
            the dispatcher failed, 4 nothing selected, 64 usage, 65 a file is wrong, 130 or 143 interrupted.
            """,
        version: version,
        subcommands: [
            RunCommand.self, JudgeCommand.self, ContractCommand.self, ScenarioCommand.self, ClockCommand.self,
            WarpedScenarioCommand.self,
            ProbeClockCommand.self, ReceiveCommand.self, DoctorCommand.self, ExplainCommand.self,
        ]
    )

    /// The commands that run programs under the warped clock in their own process.
    private static let warping: Set<String> = ["clock", WorkerCommandName.value, ProbeClockCommand.name]

    package init() {}

    /// Parses the command line and runs what it asks for.
    ///
    /// Ends the process when that fails.
    package static func start() async {
        // Only these have sessions of the warped clock, and only now does the process have a single thread.
        if let name = CommandLine.arguments.dropFirst().first, warping.contains(name) { WarpHost.prepare() }
        await main()
    }
}
