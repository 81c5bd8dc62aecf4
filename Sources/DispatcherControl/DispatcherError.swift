/// Something that kept the harness from driving the dispatcher: what happened, and the way out.
package struct DispatcherError: Error, Sendable, Hashable, CustomStringConvertible {
    package var problem: String
    package var wayOut: String?

    package init(_ problem: String, wayOut: String? = nil) {
        self.problem = problem
        self.wayOut = wayOut
    }

    package var description: String {
        wayOut.map { "\(problem); \($0)" } ?? problem
    }
}

extension DispatcherError {
    /// A program that could not be started.
    static func notStarted(_ end: ProcessEnd) -> DispatcherError {
        DispatcherError(
            "the dispatcher was \(end.status)",
            wayOut: "correct `command`; a name without a slash is looked up on the PATH"
        )
    }
}
