/// How a run was asked for, so that its evidence can be judged again and its scenarios run again.
package struct RunRequest: Sendable, Hashable {
    /// The evidence file of the run.
    package var evidence: String
    /// With what it was run; `nil` where that is not known any more.
    package var options: Options?

    /// What was said on the command line besides the scenarios.
    package struct Options: Sendable, Hashable {
        /// The dispatcher.yaml; `nil` for the embedded reference dispatcher.
        package var dispatcher: String?
        /// The clock that was demanded; `nil` for the scenarios' own.
        package var clock: String?

        package init(dispatcher: String? = nil, clock: String? = nil) {
            self.dispatcher = dispatcher
            self.clock = clock
        }
    }

    /// Makes a request from its parts.
    package init(evidence: String, options: Options? = nil) {
        self.evidence = evidence
        self.options = options
    }
}
