import DeliveryReports
import DeliveryScenarios
import Foundation
import Notation
import WebhookContracts

/// A scenario file that was read, checked and planned, or what is wrong with it.
enum LoadedScenario {
    case plan(ScenarioPlan, warnings: String)
    /// `problems` are the rendered diagnostics.
    case broken(path: String, problems: String)

    /// Reads the scenario at `path` and its contract, and checks both.
    init(path: String) {
        do {
            let scenario = try ScenarioFile.load(path: path)
            let contract = try ContractFile.load(path: scenario.contractPath, variants: scenario.variants)
            let diagnostics = ScenarioLint.check(scenario, contract)
            let text = Self.rendered(diagnostics)
            if diagnostics.contains(where: { $0.severity == .error }) {
                self = .broken(path: path, problems: text)
            } else {
                self = .plan(ScenarioPlan.make(scenario, contract), warnings: text)
            }
        } catch {
            self = .broken(path: path, problems: Self.rendered(error.diagnostics))
        }
    }

    /// Where the file is, as it was named.
    var path: String {
        switch self {
        case .plan(let plan, _): plan.scenario.path
        case .broken(let path, _): path
        }
    }

    /// The plan, when there is one.
    var plan: ScenarioPlan? {
        if case .plan(let plan, _) = self { plan } else { nil }
    }

    /// The same scenario with its plan, if there is one, changed.
    func changed(_ change: (inout ScenarioPlan) -> Void) -> LoadedScenario {
        guard case .plan(var plan, let warnings) = self else { return self }
        change(&plan)
        return .plan(plan, warnings: warnings)
    }

    /// The diagnostics with the lines they point at.
    static func rendered(_ diagnostics: [Diagnostic]) -> String {
        // A file that cannot be read again has no excerpt to show; its diagnostics stand all the same.
        let sources = Set(diagnostics.map(\.path)).sorted().compactMap { try? SourceText.read(path: $0) }
        return diagnostics.isEmpty ? "" : DiagnosticList(diagnostics).rendered(sources: sources)
    }

    /// The id a scenario file has: `<folder>/<name without extension>`.
    static func id(of path: String) -> String {
        let url = URL(filePath: path).standardizedFileURL
        return url.deletingLastPathComponent().lastPathComponent + "/" + url.deletingPathExtension().lastPathComponent
    }
}
