import RunClocks
import Synchronization

/// A run clock that stands until the test moves it.
final class ManualClock: RunClock {
    private struct Sleeper {
        var ticket: Int
        var deadline: RunInstant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = RunInstant(sinceStart: .zero)
        var sleepers: [Sleeper] = []
        var nextTicket = 0
    }

    private let state = Mutex(State())

    var now: RunInstant { state.withLock { $0.now } }

    var minimumResolution: Duration { .nanoseconds(1) }

    /// What is waited for, the earliest first, since the start of the run.
    var deadlines: [Duration] { state.withLock { $0.sleepers.map(\.deadline.sinceStart).sorted() } }

    /// Moves the clock, and ends the waits that this makes due.
    func advance(to moment: Duration) {
        let due = state.withLock { state in
            state.now = RunInstant(sinceStart: moment)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    func sleep(until deadline: RunInstant, tolerance: Duration?) async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.append(Sleeper(ticket: ticket, deadline: deadline, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.sleepers.firstIndex { $0.ticket == ticket }.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
