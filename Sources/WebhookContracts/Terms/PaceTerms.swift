/// At most so many deliveries in so much time, wherever one begins to count.
package struct DeliveryRate: Sendable, Hashable {
    package var count: Int
    package var window: Duration

    /// Makes a rate from its parts.
    package init(count: Int, window: Duration) {
        self.count = count
        self.window = window
    }
}

/// What becomes of the traffic to an endpoint that answers 429 (RFC 6585 section 4).
package enum ThrottlingRule: String, Sendable, Hashable, CaseIterable {
    /// Nothing is sent there until the time that `Retry-After` asks for is over.
    case paused
    /// Less is sent there for that time than before.
    case slowed
}
