import DeliveryEvidence

/// Answers whether any of the events that were handed over by a moment was still under way at another, without looking at
/// each: a burst has hundreds of thousands of pairs.
struct LatestEnds {
    /// When events were handed over, in order.
    private let handed: [Stamp]
    /// The latest end of all events up to the same place; `nil` when one of them has none.
    private let latest: [Stamp?]

    /// - Parameter events: when each was handed over, and when it was over; `nil` when it never was.
    init(_ events: [(at: Stamp, end: Stamp?)]) {
        let sorted = events.sorted { $0.at < $1.at }
        var latest: [Stamp?] = []
        latest.reserveCapacity(sorted.count)
        for (place, event) in sorted.enumerated() {
            guard place > 0 else {
                latest.append(event.end)
                continue
            }
            let before = latest[place - 1]
            latest.append(event.end.flatMap { end in before.map { max($0, end) } })
        }
        handed = sorted.map(\.at)
        self.latest = latest
    }

    /// Says that one of the events that were handed over by `asked` was not over at `moment`.
    func isOpen(_ moment: Stamp, amongThoseBy asked: Stamp) -> Bool {
        var low = 0
        var high = handed.count
        while low < high {
            let middle = (low + high) / 2
            if handed[middle] <= asked { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return false }
        return latest[low - 1].map { $0 > moment } ?? true
    }
}
