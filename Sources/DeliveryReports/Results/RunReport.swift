package import ContractJudging

/// Everything a report is made of.
///
/// Reports are pure functions of it.
package struct RunReport: Sendable {
    package var run: RunFacts
    /// In the order of their ids.
    package var scenarios: [ScenarioReport]

    package init(run: RunFacts, scenarios: [ScenarioReport]) {
        self.run = run
        self.scenarios = scenarios.sorted { $0.id < $1.id }
    }

    /// How many checks came to each outcome, over all scenarios.
    package var tally: Tally {
        scenarios.reduce(into: Tally()) { $0.add($1) }
    }
}

/// What was run, on what, and when.
package struct RunFacts: Sendable, Hashable {
    package var tool: String
    package var dispatcher: String
    package var clock: String
    package var host: String
    package var seed: UInt64
    /// Wall-clock time, RFC 3339 in UTC.
    package var startedAt: String
    package var duration: Duration
    /// Says that a signal ended the run early.
    package var interrupted: Bool
    /// Why records are missing in the evidence on disk; `nil` when none are.
    package var incompleteEvidence: String?

    package init(
        tool: String,
        dispatcher: String,
        clock: String,
        host: String,
        seed: UInt64,
        startedAt: String,
        duration: Duration,
        interrupted: Bool
    ) {
        self.tool = tool
        self.dispatcher = dispatcher
        self.clock = clock
        self.host = host
        self.seed = seed
        self.startedAt = startedAt
        self.duration = duration
        self.interrupted = interrupted
    }
}

/// What became of one scenario file.
package struct ScenarioReport: Sendable {
    package enum Result: Sendable {
        case judged(ScenarioVerdict)
        /// It was not run, for a reason that is not a failure.
        case skipped(reason: String)
        /// The file is wrong; the text is the rendered diagnostics.
        case broken(String)
        /// The run ended before it began.
        case notReached
    }

    /// `<provider>/<file name without extension>`.
    package var id: String
    package var title: String
    /// The provider's name.
    package var provider: String
    package var file: String
    package var variants: [String]
    /// When it began, as time since the start of the run.
    package var began: Duration
    package var duration: Duration
    package var result: Result

    package init(
        id: String,
        title: String,
        provider: String,
        file: String,
        variants: [String] = [],
        began: Duration = .zero,
        duration: Duration = .zero,
        result: Result
    ) {
        self.id = id
        self.title = title
        self.provider = provider
        self.file = file
        self.variants = variants
        self.began = began
        self.duration = duration
        self.result = result
    }

    /// The verdict, when there is one.
    package var verdict: ScenarioVerdict? {
        if case .judged(let verdict) = result { verdict } else { nil }
    }
}
