package import Notation
package import WebhookContracts

/// Finds where a scenario cannot show what it claims to show.
package enum ScenarioLint {
    /// Everything doubtful about a scenario under its contract, in the order of the file.
    ///
    /// - Parameter contract: the scenario's contract, with the scenario's variants applied.
    package static func check(_ scenario: Scenario, _ contract: Contract) -> [Diagnostic] {
        var run = LintRun(scenario: scenario, contract: contract)
        run.checkVariants()
        run.checkEndpoints()
        run.checkScripts()
        run.checkEmissions()
        run.checkLives()
        run.checkPauses()
        run.checkQuiet()
        run.checkDuration()
        run.checkExpectations()
        return DiagnosticList(run.diagnostics).diagnostics
    }
}

/// One look at one scenario, gathering what is found.
struct LintRun {
    let scenario: Scenario
    let contract: Contract
    let forecast: RetryForecast
    private(set) var diagnostics: [Diagnostic] = []

    init(scenario: Scenario, contract: Contract) {
        self.scenario = scenario
        self.contract = contract
        forecast = RetryForecast(scenario, contract)
    }

    mutating func error(_ message: String, at position: SourcePosition?, help: String?) {
        add(.error, message, at: position, help: help)
    }

    mutating func warning(_ message: String, at position: SourcePosition?, help: String?) {
        add(.warning, message, at: position, help: help)
    }

    mutating func add(
        _ severity: Diagnostic.Severity,
        _ message: String,
        at position: SourcePosition?,
        help: String?
    ) {
        diagnostics.append(
            Diagnostic(severity: severity, path: scenario.path, position: position, message: message, help: help)
        )
    }

    /// Every emission of the scenario in order; a burst stands there once for each of its events.
    var emissions: [(emission: Emission, step: Step)] {
        scenario.steps.flatMap { step -> [(Emission, Step)] in
            switch step.action {
            case .emit(let emission): [(emission, step)]
            case .burst(let emission, let count): Array(repeating: (emission, step), count: count)
            default: []
            }
        }
    }
}
