import Synchronization

/// Those who wait for a request of one endpoint.
final class JournalWaiters: Sendable {
    private struct State {
        var waiting: [Int: (number: Int, signal: AsyncStream<Never>.Continuation)] = [:]
        var last = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    /// The least number anybody waits for, read on every request without the lock.
    private let least = Atomic<Int>(.max)

    /// A stream that ends when request `number` has arrived or the endpoint is closed.
    ///
    /// Whoever adds must look whether it has arrived already after that, not before.
    func add(_ number: Int) -> AsyncStream<Never> {
        let (signals, signal) = AsyncStream.makeStream(of: Never.self)
        let id = state.withLock { state -> Int? in
            guard !state.isClosed else { return nil }
            state.last += 1
            state.waiting[state.last] = (number, signal)
            updateLeast(state)
            return state.last
        }
        guard let id else {
            signal.finish()
            return signals
        }
        signal.onTermination = { [weak self] _ in self?.remove(id) }
        return signals
    }

    /// Wakes those who wait for this request or an earlier one.
    func reached(_ number: Int) {
        guard number >= least.load(ordering: .sequentiallyConsistent) else { return }
        let reached = state.withLock { state in
            let reached = state.waiting.filter { $0.value.number <= number }
            for id in reached.keys { state.waiting[id] = nil }
            updateLeast(state)
            return reached.values.map(\.signal)
        }
        for signal in reached { signal.finish() }
    }

    func closeAll() {
        let all = state.withLock { state in
            defer { state.waiting = [:] }
            state.isClosed = true
            return state.waiting.values.map(\.signal)
        }
        for signal in all { signal.finish() }
    }

    private func remove(_ id: Int) {
        state.withLock { state in
            state.waiting[id] = nil
            updateLeast(state)
        }
    }

    private func updateLeast(_ state: borrowing State) {
        least.store(state.waiting.values.map(\.number).min() ?? .max, ordering: .sequentiallyConsistent)
    }
}
