import Synchronization

/// What waits to be shown, from the event loops to whoever writes it: never more than a few megabytes.
final class TellingQueue: Sendable {
    private struct State {
        var waiting: [ReceiveTelling] = []
        var bytes = 0
        var untold = 0
    }

    private static let mostBytes = 8 << 20
    private static let most = 5000

    private let state = Mutex(State())
    private let work: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    init() {
        (work, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes a telling in; false when there is no room, after which the next batch says how many are missing.
    func offer(_ telling: ReceiveTelling) -> Bool {
        let size = telling.size
        let isTaken = state.withLock { state in
            // One that is larger than everything else may have is taken when it is alone.
            guard state.waiting.count < Self.most, state.bytes + size <= Self.mostBytes || state.waiting.isEmpty else {
                state.untold += 1
                return false
            }
            state.waiting.append(telling)
            state.bytes += size
            return true
        }
        if isTaken { wake.yield() }
        return isTaken
    }

    /// Takes in what must be told, whether there is room or not.
    func tell(_ notice: ReceiveNotice) {
        state.withLock { $0.waiting.append(.notice(notice)) }
        wake.yield()
    }

    /// Ends the batches, after whatever waits.
    func finish() {
        wake.finish()
    }

    /// Hands over what waits, batch by batch, until the queue is finished.
    func forEachBatch(_ body: ([ReceiveTelling]) async -> Void) async {
        for await _ in work { await body(take()) }
        await body(take())
    }

    private func take() -> [ReceiveTelling] {
        state.withLock { state in
            var batch = state.waiting
            if state.untold > 0 { batch.append(.untold(state.untold)) }
            state = State()
            return batch
        }
    }
}
