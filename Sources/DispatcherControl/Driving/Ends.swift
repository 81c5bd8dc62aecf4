import Synchronization

/// Knows whether the end of the dispatcher is asked for, and tells of one that is not.
final class Ends: Sendable {
    enum Phase {
        /// Whoever waits until it is ready is told of its end.
        case starting
        case running
        /// It was told to end.
        case ending
    }

    let unexpected: AsyncStream<DispatcherError>
    private let told: AsyncStream<DispatcherError>.Continuation
    private let current = Mutex(Phase.running)

    init() {
        (unexpected, told) = AsyncStream.makeStream(of: DispatcherError.self)
    }

    var phase: Phase { current.withLock { $0 } }

    func enter(_ phase: Phase) { current.withLock { $0 = phase } }

    func tell(_ error: DispatcherError) { told.yield(error) }
}
