/// Tells of the end of a process that nobody asked for.
struct Ends: Sendable {
    let unexpected: AsyncStream<DispatcherError>
    private let told: AsyncStream<DispatcherError>.Continuation

    init() {
        (unexpected, told) = AsyncStream.makeStream(of: DispatcherError.self)
    }

    func tell(_ error: DispatcherError) { told.yield(error) }
}
