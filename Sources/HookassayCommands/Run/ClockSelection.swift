import ArgumentParser
import DeliveryScenarios
import Foundation
import RunClocks
import Subprocess
import SystemPackage

/// Which clock scenarios go by: what `--clock` says.
enum ClockSelection: Sendable, Hashable, ExpressibleByArgument {
    /// Each scenario by the clock its file names.
    case asWritten
    case real
    /// All of them under the warped clock, by this engine or by whichever works here.
    case warped(WarpEngineKind?)

    init?(argument: String) {
        switch argument {
        case "scenario": self = .asWritten
        case "real": self = .real
        case "warped": self = .warped(nil)
        case "warped:trace": self = .warped(.trace)
        case "warped:preload": self = .warped(.preload)
        default: return nil
        }
    }

    static let allValueStrings = ["scenario", "real", "warped", "warped:trace", "warped:preload"]

    var defaultValueDescription: String { "scenario" }

    /// Finds out what works here, if anything is to be warped, and gives every scenario its clock.
    ///
    /// One that cannot be run by its clock gets the reason why it is skipped.
    func apply(to loaded: [LoadedScenario]) async -> (loaded: [LoadedScenario], clock: ClockChoice) {
        var loaded = loaded.map { scenario in
            scenario.changed { plan in
                switch self {
                case .asWritten: break
                case .real: plan.scenario.clock = .real
                case .warped: plan.scenario.clock = .warped
                }
            }
        }
        guard loaded.contains(where: { $0.plan?.scenario.clock == .warped }) else { return (loaded, .real) }
        let choice = await Self.probe(engine)
        if case .impossible(let reason) = choice {
            loaded = loaded.map { scenario in
                scenario.changed { plan in
                    guard plan.scenario.clock == .warped else { return }
                    plan.skipReason = "the warped clock does not work here (\(reason)); run it with --clock real"
                }
            }
        }
        return (loaded, choice)
    }

    /// As `--clock` takes it; `nil` when each scenario goes by its own.
    var demanded: String? {
        switch self {
        case .asWritten: nil
        case .real: "real"
        case .warped(nil): "warped"
        case .warped(.trace?): "warped:trace"
        case .warped(.preload?): "warped:preload"
        }
    }

    private var engine: WarpEngineKind? {
        if case .warped(let engine) = self { engine } else { nil }
    }

    /// Tries the engines in a process of its own: this one may have threads already that sessions cannot do with.
    static func probe(_ engine: WarpEngineKind?) async -> ClockChoice {
        let engines = engine.map { [$0.rawValue] } ?? []
        do {
            let result = try await Subprocess.run(
                .path("/proc/self/exe"),
                arguments: Arguments([ProbeClockCommand.name] + engines),
                output: .string(limit: 1 << 16),
                error: .string(limit: 1 << 16)
            )
            guard result.terminationStatus.isSuccess else {
                return .impossible(reason: "the trial ended with \(result.terminationStatus)")
            }
            let finding = try JSONDecoder().decode(WarpProbe.Finding.self, from: Data(result.standardOutput.utf8))
            guard let engine = finding.engine else { return .impossible(reason: finding.reason ?? "no engine works") }
            return .warped(engine, reason: finding.reason)
        } catch {
            return .impossible(reason: "the trial could not be made: \(error)")
        }
    }
}
