import Synchronization

/// What the endpoints of a journal share: the count of its entries, its memory, and those who watch.
final class JournalHub: Sendable {
    /// What all endpoints' requests take together.
    let bytes = Atomic<Int>(0)
    private let cursor = Atomic<Int>(0)
    private let watchers = Mutex<[Int: JournalSubscription]>([:])
    private let watched = Atomic<Int>(0)
    private let requestsWatched = Atomic<Int>(0)
    private let lastWatcher = Atomic<Int>(0)

    func nextCursor() -> Int { cursor.add(1, ordering: .relaxed).newValue }

    /// The count of entries so far.
    var lastCursor: Int { cursor.load(ordering: .relaxed) }

    /// Says that somebody watches; an entry is not even made otherwise.
    var isWatched: Bool { watched.load(ordering: .relaxed) > 0 }

    /// Says that somebody watches requests, which come far more often than anything else.
    var hasRequestWatchers: Bool { requestsWatched.load(ordering: .relaxed) > 0 }

    func publish(endpoint: String, isRequest: Bool, _ entry: () -> JournalEntry) {
        watchers.withLock { watchers in
            for watcher in watchers.values where watcher.endpoint == nil || watcher.endpoint == endpoint {
                guard watcher.wantsRequests || !isRequest else { continue }
                watcher.offer(entry)
            }
        }
    }

    /// Takes a watcher in; it is let go when its stream ends.
    func add(_ watcher: JournalSubscription) -> Int {
        let id = lastWatcher.add(1, ordering: .relaxed).newValue
        watchers.withLock { $0[id] = watcher }
        watched.add(1, ordering: .relaxed)
        if watcher.wantsRequests { requestsWatched.add(1, ordering: .relaxed) }
        return id
    }

    func remove(_ id: Int) {
        guard let watcher = watchers.withLock({ $0.removeValue(forKey: id) }) else { return }
        watched.subtract(1, ordering: .relaxed)
        if watcher.wantsRequests { requestsWatched.subtract(1, ordering: .relaxed) }
    }
}
