import Synchronization

/// Knows whether the end of the dispatcher is asked for, and tells of one that is not.
final class Ends: Sendable {
    let unexpected: AsyncStream<DispatcherError>
    private let told: AsyncStream<DispatcherError>.Continuation
    private let expected = Mutex(false)

    init() {
        (unexpected, told) = AsyncStream.makeStream(of: DispatcherError.self)
    }

    var isExpected: Bool { expected.withLock { $0 } }

    func expect() { expected.withLock { $0 = true } }

    func unexpect() { expected.withLock { $0 = false } }

    func tell(_ end: ProcessEnd) {
        told.yield(
            end.wasStarted
                ? DispatcherError(
                    "the dispatcher ended by itself (\(end.status))",
                    wayOut: "see its output in the evidence"
                )
                : .notStarted(end)
        )
    }
}
