import Foundation

/// The only place that writes to the terminal.
enum StandardStreams {
    /// Writes to standard output at once, so that a killed run has shown what it knew.
    static func print(_ text: String, terminator: String = "\n") {
        write(text + terminator, to: .standardOutput)
    }

    /// Writes a line to standard error.
    static func complain(_ line: String) {
        write(line + "\n", to: .standardError)
    }

    /// Writes text to standard error as it is.
    static func writeToError(_ text: String) {
        write(text, to: .standardError)
    }

    /// A reader that went away (a closed pipe) is no reason to stop a run.
    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
