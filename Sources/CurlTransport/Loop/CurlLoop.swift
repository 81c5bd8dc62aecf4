import CCurl
import Glibc
import Synchronization

/// A serial executor of one thread whose idle wait is `curl_multi_poll`.
///
/// An actor that runs here owns libcurl handles without a lock: whatever the actor does happens on this thread, and so
/// do libcurl's callbacks, because `curl_multi_perform` is only called from the actor's turn. With nothing in flight
/// the thread sleeps for the longest time libcurl takes (24 days), so that an idle loop shows no timer to whoever
/// watches the process.
final class CurlLoop: SerialExecutor {
    // SAFETY: never reassigned. Other threads only call `curl_multi_wakeup` on it, which libcurl allows from any
    // thread, and only under the inbox's lock and before the loop is closed, hence before it is freed.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer
    private let inbox = Guarded(LoopInbox())
    /// The loop's thread; 0 until it runs.
    private let thread = Atomic<pthread_t>(0)

    init() throws(TransferError) {
        guard CurlLibrary.start == CURLE_OK, let multi = curl_multi_init() else {
            throw TransferError(.other(code: Int(CURLE_FAILED_INIT.rawValue)), "libcurl could not be started.")
        }
        self.multi = multi
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// Starts the thread, which calls `turn` once a round until the loop is closed.
    func start(turn: @escaping @Sendable (LoopRound) -> Void) throws(TransferError) {
        let body = Unmanaged.passRetained(LoopThread { [self] in run(turn) })
        let code = inbox.withLock { inbox in
            var thread = pthread_t()
            let code = pthread_create(&thread, nil, loopThread, body.toOpaque())
            if code == 0 {
                inbox.unclaimedThread = thread
            } else {
                inbox.phase = .closed
            }
            return code
        }
        guard code == 0 else {
            body.release()
            throw TransferError(
                .other(code: Int(CURLE_FAILED_INIT.rawValue)),
                "The transfer thread could not be started (errno \(code))."
            )
        }
    }

    /// Lets one call in, which must `leave()` when it is over; false when the loop is shutting down.
    func enter() -> Bool {
        inbox.withLock { inbox in
            guard inbox.phase == .running else { return false }
            inbox.admitted += 1
            return true
        }
    }

    /// Ends what `enter()` began.
    func leave() {
        inbox.withLock { inbox in
            inbox.admitted -= 1
            if inbox.phase == .closing { curl_multi_wakeup(multi) }
        }
    }

    /// Asks, from any thread, that the transfer be dropped in the next round.
    func cancel(_ id: UInt64) {
        inbox.withLock { inbox in
            guard inbox.phase != .closed else { return }
            inbox.cancelled.append(id)
            curl_multi_wakeup(multi)
        }
    }

    /// Closes the loop, waits until every admitted call has left, and joins the thread.
    func stop() async {
        await withCheckedContinuation { continuation in
            let isClosed = inbox.withLock { inbox in
                guard inbox.phase != .closed else { return true }
                inbox.phase = .closing
                inbox.waitingForEnd.append(continuation)
                curl_multi_wakeup(multi)
                return false
            }
            if isClosed { continuation.resume() }
        }
        // Resuming us was the thread's last act, so this join waits for a return and not for work.
        if let thread = inbox.withLock({ $0.claimThread() }) { pthread_join(thread, nil) }
    }

    /// Closes the loop without waiting; for an owner that is going away and thus has no call inside.
    func abandon() {
        inbox.withLock { inbox in
            if inbox.phase == .running {
                inbox.phase = .closing
                curl_multi_wakeup(multi)
            }
            if let thread = inbox.claimThread() { pthread_detach(thread) }
        }
    }
}

extension CurlLoop {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        inbox.withLock { inbox in
            precondition(inbox.phase != .closed, "a call reached the transfer thread after it had ended")
            inbox.jobs.append(job)
            curl_multi_wakeup(multi)
        }
    }

    // Without these two, `assumeIsolated` on this thread traps: the runtime knows the thread only while it runs a job.
    func checkIsolated() {
        precondition(isOnLoopThread, "libcurl may only be used on the transfer thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        isOnLoopThread
    }

    private var isOnLoopThread: Bool {
        thread.load(ordering: .relaxed) == pthread_self()
    }

    private func run(_ turn: @Sendable (LoopRound) -> Void) {
        thread.store(pthread_self(), ordering: .relaxed)
        var waitFailure: CURLMcode?
        while let (jobs, round) = inbox.withLock({ $0.takeRound(after: waitFailure) }) {
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            turn(round)
            let code = curl_multi_poll(multi, nil, 0, Int32.max, nil)
            // The turn after a failed wait drops every socket; a wait that fails even then would spin for ever.
            precondition(code == CURLM_OK || waitFailure == nil, "the transfer thread cannot wait (\(code.rawValue))")
            waitFailure = code == CURLM_OK ? nil : code
        }
        let waiting = inbox.withLock { inbox in
            defer { inbox.waitingForEnd.removeAll() }
            return inbox.waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }
}
