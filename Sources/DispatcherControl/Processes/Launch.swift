/// What is started: a command line with nothing left to fill in.
struct Launch: Sendable, Hashable {
    /// Counts the processes of one dispatcher from 1.
    var life: Int
    /// The program and its arguments.
    var command: [String]
    /// What is added to the environment of the harness.
    var environment: [String: String]
    /// What goes to standard input, which is closed after it.
    var input: String
}

/// How a process ended.
struct ProcessEnd: Sendable, Hashable {
    /// As the evidence says it: `exit 0`, `signal 9`, or why it was not started.
    var status: String
    /// Says that there was a process.
    var wasStarted: Bool

    static func exited(_ status: String) -> ProcessEnd { ProcessEnd(status: status, wasStarted: true) }

    static func notStarted(_ why: String) -> ProcessEnd {
        ProcessEnd(status: "not started: \(why)", wasStarted: false)
    }
}
