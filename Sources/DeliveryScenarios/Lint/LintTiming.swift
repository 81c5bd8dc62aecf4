import Notation

/// Silence has to be watched long enough to prove something, and a scenario must not take forever.
extension LintRun {
    /// The longest a scenario should take in real time.
    ///
    /// Room for the two minutes that a first attempt may take by one of the shipped contracts, and for a start and an end.
    private static let longestReal = Duration.seconds(150)

    mutating func checkQuiet() {
        let needed = forecast.longestDelay
        for step in scenario.steps {
            guard case .quiet(let duration?) = step.action, duration < needed else { continue }
            let text = DurationNotation.text
            error(
                "`quiet: \(text(duration))` is shorter than the \(text(needed)) after which the contract retries,"
                    + " so silence proves nothing",
                at: step.position,
                help: "write `quiet`, which watches \(text(forecast.quietWindow)), or `wait: \(text(duration))`,"
                    + " which claims nothing"
            )
        }
    }

    mutating func checkDuration() {
        guard scenario.clock == .real else { return }
        let total = ScenarioTime(forecast: forecast).total(of: scenario.steps)
        guard total > Self.longestReal else { return }
        warning(
            "the scenario takes about \(DurationNotation.text(.seconds(total.components.seconds))) of real time",
            at: scenario.steps.first?.position,
            help: "write `clock: warped`"
        )
    }
}
