package import RunClocks

/// What a worker process needs to know to run one scenario under the warped clock.
///
/// It holds secrets: it goes to the worker through its standard input, never through arguments or files.
package struct WorkerOrder: Sendable, Codable {
    /// The scenario's file.
    package var scenario: String
    /// The `dispatcher.yaml`; `nil` for the embedded one.
    package var dispatcher: String?
    /// `trace` or `preload`.
    package var engine: String
    /// Why this engine and no other, when that is worth a word.
    package var reason: String?
    /// Where the worker writes its evidence.
    package var evidence: String
    /// A folder of the run's own.
    package var work: String
    /// The folder for a capture of the scenario's packets; `nil` when none is asked for.
    package var captures: String?
    /// What the virtual wall clock says at stamp 0: when the run began, in ns since 1970.
    package var startedAt: Int64
    /// The host's monotonic clock when the run began, ns.
    package var origin: Int64
    package var secrets: [String: EndpointSecrets]

    package init(
        scenario: String,
        dispatcher: String?,
        engine: WarpEngineKind,
        reason: String?,
        evidence: String,
        work: String,
        captures: String?,
        startedAt: Int64,
        origin: Int64,
        secrets: [String: EndpointSecrets]
    ) {
        self.scenario = scenario
        self.dispatcher = dispatcher
        self.engine = engine.rawValue
        self.reason = reason
        self.evidence = evidence
        self.work = work
        self.captures = captures
        self.startedAt = startedAt
        self.origin = origin
        self.secrets = secrets
    }
}

/// The hidden command that a worker is started with.
package enum WorkerCommandName {
    package static let value = "warped-scenario"
}
