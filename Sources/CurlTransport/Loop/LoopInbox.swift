import CCurl
import Glibc

/// What other threads have left for the loop, and how far its life has come.
struct LoopInbox: Sendable {
    enum Phase {
        /// Taking calls.
        case running
        /// Refusing new calls, failing those inside, waiting for them to leave.
        case closing
        /// The thread runs nothing any more.
        case closed
    }

    var phase = Phase.running
    /// Calls that were let in and have not left.
    ///
    /// The thread stays until this is zero, so that no call can be left behind with an executor that runs nothing.
    var admitted = 0
    var jobs: [UnownedJob] = []
    var cancelled: [UInt64] = []
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    /// The thread, until somebody has taken on to join or detach it; that must be done exactly once.
    var unclaimedThread: pthread_t?

    /// Takes what is to be done in one round; nil, once, when the loop is closed and must end.
    mutating func takeRound(after waitFailure: CURLMcode?) -> (jobs: [UnownedJob], round: LoopRound)? {
        if phase == .closing, admitted == 0, jobs.isEmpty {
            phase = .closed
            return nil
        }
        defer {
            jobs.removeAll()
            cancelled.removeAll()
        }
        return (jobs, LoopRound(cancelled: cancelled, isClosing: phase == .closing, waitFailure: waitFailure))
    }

    /// Hands the thread to the first who asks for it.
    mutating func claimThread() -> pthread_t? {
        defer { unclaimedThread = nil }
        return unclaimedThread
    }
}

/// What the loop asks of its owner once a round, on the loop's thread.
struct LoopRound: Sendable {
    /// Transfers whose callers no longer want them.
    var cancelled: [UInt64]
    /// Whether every transfer must fail now because the loop is being shut down.
    var isClosing: Bool
    /// Why the wait before this round failed, if it did.
    var waitFailure: CURLMcode?
}
