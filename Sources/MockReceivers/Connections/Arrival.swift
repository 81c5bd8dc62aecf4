import DeliveryEvidence
import DeliveryScenarios

/// A request that has arrived and is to be answered, and all that answering it needs.
struct Arrival: Sendable {
    let attempt: Int
    let method: String
    /// What is done about it.
    let order: Order
    /// When the request was complete, or its head for a fault at the head: what scripted waits count from.
    let complete: Stamp
    /// Says that the client lets the connection be used for a further request.
    let keepsAlive: Bool
    let line: ConnectionLine
    /// Ends when the connection is gone.
    let gone: AsyncStream<Never>

    /// What is done about a request.
    enum Order: Sendable, Equatable {
        /// Play the reply.
        case play(Reply)
        /// Close without an answer: the request is malformed, or the reply cannot be produced.
        case close
    }
}
