import Synchronization

/// What the harness itself waits for on the virtual clock: the receiver's scripted delays and the scenario's own waits.
final class WarpDeadlines: Sendable {
    private struct Waiting {
        let deadline: RunInstant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var waiting: [Int: Waiting] = [:]
        var lastTicket = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake: WakeUp

    /// - Parameter wake: Tells the controller that there is a new deadline.
    init(wake: WakeUp) {
        self.wake = wake
    }

    /// Returns once the controller has moved the clock to `deadline`.
    ///
    /// - Throws: `CancellationError`, also when the session has ended.
    func wait(until deadline: RunInstant) async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isWaiting = state.withLock { state in
                    guard !state.isClosed, !Task.isCancelled else { return false }
                    state.waiting[ticket] = Waiting(deadline: deadline, continuation: continuation)
                    return true
                }
                if isWaiting { wake.ring() } else { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let cancelled = state.withLock { $0.waiting.removeValue(forKey: ticket) }
            cancelled?.continuation.resume(throwing: CancellationError())
        }
    }

    /// The earliest deadline; `nil` when the harness waits for no time.
    var earliest: RunInstant? {
        state.withLock { $0.waiting.values.map(\.deadline).min() }
    }

    /// How many deadlines have been set so far, to notice that one came in between.
    var count: Int { state.withLock(\.lastTicket) }

    /// Ends the waits that are due at `now`, the earliest first.
    ///
    /// - Returns: how many.
    func release(at now: RunInstant) -> Int {
        let due = state.withLock { state in
            let due = state.waiting.filter { $0.value.deadline <= now }
                .sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
            for (ticket, _) in due { state.waiting[ticket] = nil }
            return due
        }
        for (_, waiting) in due { waiting.continuation.resume() }
        return due.count
    }

    /// Ends every wait, and all that still come, with `CancellationError`.
    func close() {
        let rest = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for waiting in rest { waiting.continuation.resume(throwing: CancellationError()) }
    }
}
