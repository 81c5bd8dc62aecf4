import RunClocks
import Synchronization

/// A clock that stands still until somebody sleeps, and then wakes them as late as it was told to.
final class ScriptedClock: RunClock {
    typealias Instant = RunInstant

    private struct State {
        var now = RunInstant(sinceStart: .zero)
        var lateness: [Duration]
        var sleeps = 0
    }

    private let state: Mutex<State>
    let minimumResolution = Duration.nanoseconds(1)

    /// Wakes sleepers this late, one after the other, and cancels who sleeps after that.
    init(lateness: [Duration]) {
        state = Mutex(State(lateness: lateness))
    }

    /// Wakes sleepers in time, so often.
    convenience init(sleeps: Int) {
        self.init(lateness: Array(repeating: .zero, count: sleeps))
    }

    var now: RunInstant { state.withLock(\.now) }
    /// How often somebody slept.
    var sleeps: Int { state.withLock(\.sleeps) }

    func sleep(until deadline: RunInstant, tolerance: Duration?) async throws {
        try state.withLock { state in
            guard !state.lateness.isEmpty else { throw CancellationError() }
            state.now = max(state.now, deadline.advanced(by: state.lateness.removeFirst()))
            state.sleeps += 1
        }
        await Task.yield()
    }
}
