import Synchronization

/// Something that is raised once, by whoever, and waited for, but not for ever.
final class Flag: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }

    /// Says whether it is raised before the time is over; a cancelled task waits on.
    func isRaised(within time: Duration) async -> Bool {
        let deadline = ContinuousClock.now + time
        while !isRaised {
            if ContinuousClock.now > deadline { return false }
            do {
                try await Task.sleep(for: .milliseconds(1))
            } catch {
                await Task.yield()
            }
        }
        return true
    }
}
