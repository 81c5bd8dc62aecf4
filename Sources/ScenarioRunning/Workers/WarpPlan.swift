package import RunClocks

/// How this run's warped scenarios are run.
package struct WarpPlan: Sendable {
    package var engine: WarpEngineKind
    /// Why this engine and no other, when that is worth a word.
    package var reason: String?
    /// The path of the `dispatcher.yaml`; `nil` for the embedded one.
    package var dispatcher: String?

    package init(engine: WarpEngineKind, reason: String?, dispatcher: String?) {
        self.engine = engine
        self.reason = reason
        self.dispatcher = dispatcher
    }
}
