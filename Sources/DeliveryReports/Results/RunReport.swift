package import ContractJudging
package import DeliveryEvidence

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
    /// The clock the run was asked for; each scenario has its own in ``ScenarioReport/clock``.
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
    /// How it was asked for; `nil` where nothing can be asked for again.
    package var request: RunRequest?

    package init(
        tool: String,
        dispatcher: String,
        clock: String,
        host: String,
        seed: UInt64,
        startedAt: String,
        duration: Duration,
        interrupted: Bool,
        request: RunRequest? = nil
    ) {
        self.tool = tool
        self.dispatcher = dispatcher
        self.clock = clock
        self.host = host
        self.seed = seed
        self.startedAt = startedAt
        self.duration = duration
        self.interrupted = interrupted
        self.request = request
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
    /// When it began, as real time since the start of the run.
    package var began: Duration
    /// How long it took, in real time.
    package var duration: Duration
    /// Its clock; `nil` when it was not run.
    package var clock: ClockUse?
    package var result: Result

    package init(
        id: String,
        title: String,
        provider: String,
        file: String,
        variants: [String] = [],
        began: Duration = .zero,
        duration: Duration = .zero,
        clock: ClockUse? = nil,
        result: Result
    ) {
        self.id = id
        self.title = title
        self.provider = provider
        self.file = file
        self.variants = variants
        self.began = began
        self.duration = duration
        self.clock = clock
        self.result = result
    }

    /// Makes the report of a scenario that was run: its times and its clock are those of the evidence.
    package init(
        id: String,
        title: String,
        provider: String,
        file: String,
        variants: [String] = [],
        history: ScenarioHistory,
        result: Result
    ) {
        let span = history.realSpan
        self.init(
            id: id,
            title: title,
            provider: provider,
            file: file,
            variants: variants,
            began: span.map { $0.lowerBound - Stamp(nanoseconds: 0) } ?? .zero,
            duration: span.map { $0.upperBound - $0.lowerBound } ?? .zero,
            clock: span.map { _ in ClockUse(history) },
            result: result
        )
    }

    /// One line about its clock; `nil` when it was not run.
    var clockLine: String? { clock?.line(real: duration) }

    /// The verdict, when there is one.
    package var verdict: ScenarioVerdict? {
        if case .judged(let verdict) = result { verdict } else { nil }
    }
}
