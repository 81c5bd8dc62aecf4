import ContractJudging

/// How many checks came to each outcome, and how many scenarios to none.
package struct Tally: Sendable, Hashable {
    package var held = 0
    package var violated = 0
    package var inconclusive = 0
    package var unstated = 0
    /// Scenarios in which the harness or the dispatcher failed.
    package var failed = 0
    package var skipped = 0
    package var broken = 0
    package var notReached = 0

    package init() {}

    /// Adds the outcomes of one scenario.
    package mutating func add(_ scenario: ScenarioReport) {
        switch scenario.result {
        case .judged(let verdict):
            if verdict.failure != nil { failed += 1 }
            for verdict in verdict.verdicts { add(verdict.outcome) }
        case .skipped: skipped += 1
        case .broken: broken += 1
        case .notReached: notReached += 1
        }
    }

    private mutating func add(_ outcome: Outcome) {
        switch outcome {
        case .held: held += 1
        case .violated: violated += 1
        case .inconclusive: inconclusive += 1
        case .unstated: unstated += 1
        }
    }
}
