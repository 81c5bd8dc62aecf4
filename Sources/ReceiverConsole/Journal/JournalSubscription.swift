import DeliveryEvidence
import FoundationEssentials
import Synchronization

/// The entries that one watcher has not looked at yet.
///
/// When there are too many, the new ones are left out and counted until the watcher has seen the old ones and been told; it
/// costs the receiver nothing but that count.
final class JournalSubscription: Sendable {
    /// The one endpoint that is watched; `nil` watches all.
    let endpoint: String?
    /// Says that entries about requests are wanted too.
    let wantsRequests: Bool
    private let capacity: Int
    private let state: Mutex<State>
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    private struct State {
        var queue = Ring<JournalEntry>()
        var missed = 0
        var hasTick = false
    }

    init(endpoint: String?, wantsRequests: Bool, capacity: Int) {
        self.endpoint = endpoint
        self.wantsRequests = wantsRequests
        self.capacity = max(capacity, 1)
        state = Mutex(State())
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Puts the backlog before what has come meanwhile.
    func prepend(_ backlog: [JournalEntry]) {
        state.withLock { state in
            let waiting = state.queue.elements()
            state.queue = Ring()
            for entry in backlog { state.queue.append(entry) }
            let newest = backlog.last?.cursor ?? 0
            for entry in waiting where entry.cursor > newest { state.queue.append(entry) }
        }
        wake.yield()
    }

    /// Takes an entry, or counts it when there is no room.
    func offer(_ entry: () -> JournalEntry) {
        let wasEmpty = state.withLock { state in
            guard state.missed == 0, state.queue.count < capacity else {
                state.missed += 1
                return false
            }
            let wasEmpty = state.queue.isEmpty
            state.queue.append(entry())
            return wasEmpty
        }
        if wasEmpty { wake.yield() }
    }

    /// Waits for the next entry; `nil` once the task is cancelled.
    func next() async -> JournalEntry? {
        while !Task.isCancelled {
            if let entry = take() { return entry }
            guard await waitForWake() else { return nil }
        }
        return nil
    }

    /// Wakes the watcher although there is no entry.
    func tick() {
        state.withLock { $0.hasTick = true }
        wake.yield()
    }

    func takeTick() -> Bool {
        state.withLock { state in
            defer { state.hasTick = false }
            return state.hasTick
        }
    }

    /// Waits for an entry or a tick; false once the task is cancelled.
    func waitForWake() async -> Bool {
        var iterator = wakes.makeAsyncIterator()
        return await iterator.next() != nil
    }

    /// The entry that has waited longest, if any.
    func take() -> JournalEntry? {
        state.withLock { state in
            if let entry = state.queue.popFirst() { return entry }
            guard state.missed > 0 else { return nil }
            defer { state.missed = 0 }
            let zero = Stamp(nanoseconds: 0)
            return JournalEntry(cursor: 0, endpoint: "", at: zero, wallTime: Date(), kind: .missed(state.missed))
        }
    }
}
