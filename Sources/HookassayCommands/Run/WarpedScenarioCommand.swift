import ArgumentParser
import DeliveryScenarios
import Foundation
import Notation
import RunClocks
import ScenarioRunning

/// `hookassay warped-scenario`: what `run` starts for each scenario on the warped clock.
///
/// Not for people.
struct WarpedScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: WorkerCommandName.value,
        abstract: "Runs one scenario under the warped clock as ordered on standard input.",
        shouldDisplay: false
    )

    func run() async throws {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        let order: WorkerOrder
        do {
            order = try JSONDecoder().decode(WorkerOrder.self, from: input)
        } catch {
            StandardStreams.complain("hookassay: this command is started by `hookassay run`, which tells it what to do")
            throw ExitStatus.fileWrong.exit
        }
        guard let plan = LoadedScenario(path: order.scenario).plan else {
            StandardStreams.complain("hookassay: \(order.scenario) was changed while the run went on")
            throw ExitStatus.fileWrong.exit
        }
        let worker = Worker(
            order: order,
            plan: plan,
            dispatcher: try DispatcherChoice.load(order.dispatcher),
            programs: DispatcherChoice.programs(),
            library: ClockChoice.library
        )
        do {
            // A signal is the run's: what was seen until then is recorded, and the run tells of the interruption.
            _ = try await Interruption.watch(quietly: true) { try await worker.run() }
        } catch {
            StandardStreams.complain("hookassay: \(plan.scenario.id): \(error)")
            throw ExitStatus.failed.exit
        }
    }
}

/// `hookassay probe-clock`: tries the engines of the warped clock and prints what works.
///
/// Not for people.
struct ProbeClockCommand: AsyncParsableCommand {
    static let name = "probe-clock"
    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Tries the engines of the warped clock and prints what works, as JSON.",
        shouldDisplay: false
    )

    @Argument(help: "The engines to try, in order.")
    var engines: [String] = WarpEngineKind.allCases.map(\.rawValue)

    func run() async throws {
        let kinds = engines.compactMap { WarpEngineKind(rawValue: $0) }
        let finding = await WarpProbe.find(among: kinds, library: ClockChoice.library)
        StandardStreams.print(String(decoding: try JSONEncoder().encode(finding), as: UTF8.self))
    }
}
