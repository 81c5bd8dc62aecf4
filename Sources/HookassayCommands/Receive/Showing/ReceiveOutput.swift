import Foundation
import Glibc
import Synchronization

/// Standard output, written to without holding up a thread while nobody reads.
final class ReceiveOutput: Sendable {
    private struct State {
        var isClosed = false
        var deadline: SuspendingClock.Instant?
    }

    /// Less than a pipe takes at once when it says that it takes anything (PIPE_BUF).
    private static let portion = 4096
    private static let pause = Duration.milliseconds(10)

    private let state = Mutex(State())
    private let onClose: @Sendable () -> Void

    /// - Parameter onClose: called once when the reader has gone away.
    init(onClose: @escaping @Sendable () -> Void) {
        self.onClose = onClose
        // Without this the first line after the reader has gone would end the process, its evidence half written.
        signal(SIGPIPE, SIG_IGN)
    }

    /// From now on, waits only so long for a reader that does not read.
    func hurry(_ patience: Duration) {
        state.withLock { $0.deadline = SuspendingClock().now + patience }
    }

    /// Writes lines; does nothing once the reader has gone.
    func write(_ lines: [String]) async {
        guard !lines.isEmpty else { return }
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            guard await isReady() else { return }
            let portion = rest.prefix(Self.portion)
            let count = portion.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                close()
                return
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Says whether something can be written, after waiting until it can; false when it never will.
    private func isReady() async -> Bool {
        while true {
            let (isClosed, deadline) = state.withLock { ($0.isClosed, $0.deadline) }
            if isClosed { return false }
            var asked = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            let found = poll(&asked, 1, 0)
            // An error (POLLERR) shows itself at the write.
            if found > 0 { return true }
            if let deadline, SuspendingClock().now > deadline { return false }
            do { try await Task.sleep(for: Self.pause) } catch { return false }
        }
    }

    private func close() {
        let isNews = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if isNews { onClose() }
    }
}
