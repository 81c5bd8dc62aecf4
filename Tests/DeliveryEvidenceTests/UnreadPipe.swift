import Foundation

/// A named pipe that is open for reading, so that it can be written to until it is full.
struct UnreadPipe: Sendable {
    let path: String
    fileprivate let descriptor: Int32

    struct Failure: Error {
        var code: Int32
    }

    /// Reads until so many lines have come, and returns how many bytes these were.
    func read(untilLines count: Int) async throws -> Int {
        var lines = 0
        var bytes = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while lines < count {
            let size = Glibc.read(descriptor, &chunk, chunk.count)
            if size < 0, errno == EAGAIN || errno == EINTR {
                try await Task.sleep(for: .milliseconds(1))
                continue
            }
            guard size > 0 else { throw Failure(code: errno) }
            bytes += size
            lines += chunk[..<size].count { $0 == 0x0A }
        }
        return bytes
    }
}

/// Runs `body` with a pipe in a folder of its own.
func withUnreadPipe(_ body: (UnreadPipe) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        let path = folder + "/pipe"
        guard mkfifo(path, 0o600) == 0 else { throw UnreadPipe.Failure(code: errno) }
        // For reading and writing, so that it opens at once and never ends.
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw UnreadPipe.Failure(code: errno) }
        defer { close(descriptor) }
        try await body(UnreadPipe(path: path, descriptor: descriptor))
    }
}
