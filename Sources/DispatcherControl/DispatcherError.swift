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
    static func notStarted(_ launch: Launch, _ end: ProcessEnd) -> DispatcherError {
        DispatcherError(
            "\(launch.subject) was \(end.status)",
            wayOut: "correct its `command`; a name without a slash is looked up on the PATH"
        )
    }

    /// A process that ended although nobody asked it to.
    static func endedByItself(_ launch: Launch, _ end: ProcessEnd, lastLine: String?) -> DispatcherError {
        ended(launch, "ended by itself", end, lastLine, wayOut: "see its output in the evidence")
    }

    /// A process that ended before it was ready.
    static func neverReady(_ launch: Launch, _ end: ProcessEnd, lastLine: String?) -> DispatcherError {
        let command = launch.service == nil ? "the command under `start`" : "its command"
        return ended(launch, "ended before it was ready", end, lastLine, wayOut: "run \(command) by hand")
    }

    private static func ended(
        _ launch: Launch,
        _ what: String,
        _ end: ProcessEnd,
        _ lastLine: String?,
        wayOut: String
    ) -> DispatcherError {
        guard end.wasStarted else { return .notStarted(launch, end) }
        let words = lastLine.map { "its last line: \($0.prefix(300))" } ?? "it wrote nothing"
        return DispatcherError("\(launch.subject) \(what) (\(end.status)); \(words)", wayOut: wayOut)
    }
}

extension Launch {
    /// Whose process it is, as a message begins.
    var subject: String { service.map { "the service '\($0)'" } ?? "the dispatcher" }
}
