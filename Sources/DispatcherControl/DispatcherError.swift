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
            wayOut: "correct its `command`; a name without a slash is looked up on the PATH"
        )
    }

    /// A dispatcher that ended although nobody asked it to.
    static func endedByItself(_ end: ProcessEnd, lastLine: String?) -> DispatcherError {
        ended("the dispatcher ended by itself", end, lastLine, wayOut: "see its output in the evidence")
    }

    /// A dispatcher that ended before it took requests.
    static func neverReady(_ end: ProcessEnd, lastLine: String?) -> DispatcherError {
        ended(
            "the dispatcher ended before it was ready",
            end,
            lastLine,
            wayOut: "run the command under `start` by hand"
        )
    }

    private static func ended(
        _ what: String,
        _ end: ProcessEnd,
        _ lastLine: String?,
        wayOut: String
    ) -> DispatcherError {
        guard end.wasStarted else { return .notStarted(end) }
        let words = lastLine.map { "its last line: \($0.prefix(300))" } ?? "it wrote nothing"
        return DispatcherError("\(what) (\(end.status)); \(words)", wayOut: wayOut)
    }
}
