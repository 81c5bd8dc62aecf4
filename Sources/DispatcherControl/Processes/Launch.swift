/// What is started: a command line with nothing left to fill in.
package struct Launch: Sendable, Hashable {
    /// The name of the service; `nil` for the dispatcher itself and for programs that are run for an event.
    package var service: String?
    /// Counts the processes of the dispatcher, and those of each service, from 1.
    package var life: Int
    /// The program and its arguments; a program without a slash is looked up on the PATH.
    package var command: [String]
    /// What is added to the environment of the harness.
    package var environment: [String: String]
    /// What goes to standard input, which is closed after it.
    package var input: String
}

/// How a process ended.
package struct ProcessEnd: Sendable, Hashable {
    /// As the evidence says it: `exit 0`, `signal 9`, or why it was not started.
    package var status: String
    /// Says that there was a process.
    package var wasStarted: Bool

    /// The end of a process that ran: `exit 0`, `signal 9`, or what became of it otherwise.
    package static func exited(_ status: String) -> ProcessEnd { ProcessEnd(status: status, wasStarted: true) }

    /// The end of one that never came to be, with the reason as half a sentence.
    package static func notStarted(_ why: String) -> ProcessEnd {
        ProcessEnd(status: "not started: \(why)", wasStarted: false)
    }

    /// The reason why a program was not found, in the words of every host.
    package static func notFound(_ program: String) -> ProcessEnd {
        .notStarted("'\(program)' was not found or is no program")
    }
}
