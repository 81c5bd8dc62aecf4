import Glibc
import Synchronization

/// Shows on a terminal how many proofs are made; silent anywhere else.
final class DoctorProgress: Sendable {
    private let isMoving = isatty(STDERR_FILENO) == 1
    private let total: Int
    private let done = Mutex(0)

    init(total: Int) {
        self.total = total
    }

    /// One more verdict stands.
    func step() {
        guard isMoving else { return }
        let done = done.withLock { done in
            done += 1
            return done
        }
        StandardStreams.writeToError("\r\u{1B}[K\(done)/\(total) proved")
    }

    /// All verdicts stand.
    func finish() {
        if isMoving { StandardStreams.writeToError("\r\u{1B}[K") }
    }
}
