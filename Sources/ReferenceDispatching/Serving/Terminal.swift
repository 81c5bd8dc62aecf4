import Glibc

/// Writes lines for whoever started the process, at once and unbuffered, so that a kill loses none.
enum Terminal {
    /// Writes a line to standard output.
    static func say(_ line: String) {
        put(line, on: STDOUT_FILENO)
    }

    /// Writes a line to standard error.
    static func complain(_ line: String) {
        put(line, on: STDERR_FILENO)
    }

    private static func put(_ line: String, on descriptor: Int32) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            // A reader that went away is no reason to stop.
            guard written > 0 || errno == EINTR else { return }
            bytes = bytes.dropFirst(max(0, written))
        }
    }
}
