/// What an evidence log holds.
package struct EvidenceRun: Sendable {
    /// The run's head.
    package var opened: RunOpened
    /// The run's end; `nil` when it was killed before.
    package var closed: RunClosed?
    /// One history for each scenario, skipped ones included, in the order in which they first appear.
    package var histories: [ScenarioHistory]
    /// What whoever judges the log should know about it, one sentence each.
    package var notes: [String]
    /// The latest stamp of all, in real time since the start of the run.
    package var end: Stamp
    /// How many records the log holds.
    package var recordCount: Int
}

/// Why a file is not an evidence log that can be read.
package struct EvidenceReadError: Error, Sendable, Hashable, CustomStringConvertible {
    package var path: String
    /// The line it is about, 1-based; `nil` when it is about the whole file.
    package var line: Int?
    /// What is wrong, with the way out.
    package var message: String

    package init(path: String, line: Int? = nil, message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    package var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}
