package import FoundationEssentials
import NIOCore
import Synchronization

/// Wakes the one task that waits on it, at once or at the latest at a given time.
package final class Nudge: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// How long a wait lasts at most when it has an end, so that a wall clock that was set is noticed.
    ///
    /// An hour late is little against waits of many hours, and a dispatcher that only waits should wake rarely.
    private static let longestWait = Duration.seconds(60 * 60)

    /// Makes a nudge that nobody has rung.
    package init() {}

    /// Wakes the waiting task, or the next one that comes to wait.
    package func ring() {
        let waiter = state.withLock { state in
            if state.waiter == nil { state.isRung = true }
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Waits until it is rung, until the wall clock shows `deadline` (nil is never), or until the task is cancelled.
    package func wait(until deadline: Date?) async {
        guard let deadline else { return await wait() }
        let left = min(deadline.duration(since: Date()), Self.longestWait)
        guard left > .zero else { return }
        let alarm = SocketThreads.shared.loops.any().scheduleTask(in: TimeAmount(left)) { self.ring() }
        await wait()
        // An alarm that goes off all the same wakes the next one who waits, who then looks and waits again.
        alarm.cancel()
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // Cancellation before this point has rung already, or is seen here.
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
