/// Deals the free slots out to the endpoints that wait for them.
package struct FairShare: Sendable, Hashable {
    /// How many attempts there may be.
    package var limits: ConcurrencyLimits
    /// How many attempts are in flight at each endpoint.
    package private(set) var inFlight: [String: Int] = [:]

    /// Starts with every slot free.
    package init(limits: ConcurrencyLimits) {
        self.limits = limits
    }

    /// How many attempts are in flight in all.
    package var total: Int { inFlight.values.reduce(0, +) }

    /// Notes that attempts have begun.
    package mutating func began(_ count: Int, at endpoint: String) {
        inFlight[endpoint, default: 0] += count
    }

    /// Notes that an attempt has ended.
    package mutating func ended(at endpoint: String) {
        inFlight[endpoint] = (inFlight[endpoint] ?? 1) - 1
        if inFlight[endpoint] == 0 { inFlight[endpoint] = nil }
    }

    /// Says how many attempts each of the waiting endpoints may begin, in their order.
    ///
    /// Slots are dealt one at a time, each to an endpoint with the fewest, so that many waiting deliveries of one
    /// endpoint do not use up what others need.
    package func shares(of waiting: [String]) -> [(endpoint: String, count: Int)] {
        var free = limits.total - total
        var taken = waiting.map { inFlight[$0] ?? 0 }
        let before = taken
        while free > 0, let least = taken.min(), least < limits.perEndpoint, let index = taken.firstIndex(of: least) {
            taken[index] += 1
            free -= 1
        }
        return zip(waiting, zip(before, taken)).compactMap { endpoint, counts in
            counts.1 > counts.0 ? (endpoint, counts.1 - counts.0) : nil
        }
    }
}
