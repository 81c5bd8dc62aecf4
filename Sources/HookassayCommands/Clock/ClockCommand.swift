import ArgumentParser
import DeliveryScenarios
import Notation
import RunClocks

/// `hookassay clock`: runs a program under the warped clock and prints its timeline.
struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Runs a program under the warped clock and prints its timeline.",
        discussion: """
            The clock stands while the program works and jumps to the next deadline when all of it waits. With --script, a \
            receiver answers at the URL in the environment variable HOOK_URL. Ends as the program does: with its own exit \
            code, 128 and the number of its signal, 124 at the horizon, 3 when nothing would ever happen any more.
            """
    )

    @Option(help: "How the program is put under the clock: trace, preload, or auto for what works here.")
    var engine = EngineChoice.auto

    @Option(help: "The virtual time after which the program is ended, such as 2h.")
    var horizon = "24h"

    @Option(help: "Answers of a receiver by attempt, such as \"503 after 29.5s, hang, 200\"; the last one repeats.")
    var script: String?

    @Flag(help: "Print one JSON object instead; the program's output goes to standard error.")
    var json = false

    @Argument(parsing: .postTerminator, help: "The program and its arguments, after `--`.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("name the program after `--`: hookassay clock -- sleep 1h")
        }
        do {
            _ = try DurationNotation.parse(horizon)
            _ = try script.map { text throws(NotationError) in try ScriptText.replies(text) }
        } catch {
            throw ValidationError(error.help.map { "\(error.message); \($0)" } ?? error.message)
        }
    }

    func run() async throws {
        let choice = await ClockChoice.warped(engine.kind)
        guard case .warped(let kind, let reason) = choice else {
            StandardStreams.complain("hookassay: the warped clock does not work here: \(choice.reason ?? "")")
            throw ExitStatus.failed.exit
        }
        let timeline = ClockTimeline(isShown: !json)
        timeline.headline(kind, reason)
        let run = ClockRun(
            command: command,
            engine: kind,
            horizon: try DurationNotation.parse(horizon),
            replies: try script.map { text throws(NotationError) in try ScriptText.replies(text) },
            timeline: timeline
        )
        let outcome = try await run.run()
        if json { StandardStreams.print(try outcome.json()) } else { timeline.summary(outcome) }
        if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }
}

/// Which engine is asked for.
enum EngineChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case trace
    case preload

    /// `nil` leaves the choice to the host.
    var kind: WarpEngineKind? { WarpEngineKind(rawValue: rawValue) }
}
