/// What a watcher that also keeps an eye on the time gets.
enum JournalTick: Sendable {
    case entry(JournalEntry)
    /// Somebody called ``JournalSubscription/tick()``.
    case tick
}

extension JournalSubscription {
    /// Waits for the next entry or tick; `nil` once the task is cancelled.
    func nextOrTick() async -> JournalTick? {
        while !Task.isCancelled {
            if let entry = take() { return .entry(entry) }
            if takeTick() { return .tick }
            guard await waitForWake() else { return nil }
        }
        return nil
    }
}
