/// How many attempts are made at the same time.
package struct ConcurrencyLimits: Sendable, Hashable {
    /// In all.
    package var total: Int
    /// At one endpoint, so that one that hangs cannot hold the others back.
    package var perEndpoint: Int
    /// Whether an endpoint's next event waits until the one before is done with.
    package var isOrdered: Bool

    /// Makes limits; both numbers are at least 1.
    package init(total: Int, perEndpoint: Int, isOrdered: Bool = false) {
        self.total = total
        self.perEndpoint = perEndpoint
        self.isOrdered = isOrdered
    }

    /// Up to 64 attempts, 8 of them at one endpoint.
    package static let standard = ConcurrencyLimits(total: 64, perEndpoint: 8)
    /// One attempt at an endpoint, in the order of the events.
    package static let ordered = ConcurrencyLimits(total: 64, perEndpoint: 1, isOrdered: true)
}
