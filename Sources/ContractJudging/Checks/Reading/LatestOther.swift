import DeliveryEvidence

/// Finds the last of many things that had happened by a moment, of those that another event brought, without looking at each.
struct LatestOther<Value> {
    private let values: [Value]
    private let events: [Int]
    /// When they happened, in order.
    private let moments: [Stamp]
    /// Of everything up to the same place in `moments`: the last in the order given, and the last of another event than that.
    private let lasts: [(first: Int, other: Int?)]

    /// - Parameter things: in the order in which the last one is wanted, each with when it happened and of which event it is.
    init(_ things: [(at: Stamp, event: Int, value: Value)]) {
        values = things.map(\.value)
        events = things.map(\.event)
        let places = things.indices.sorted { things[$0].at < things[$1].at }
        moments = places.map { things[$0].at }
        var lasts: [(first: Int, other: Int?)] = []
        lasts.reserveCapacity(places.count)
        for place in places {
            guard let before = lasts.last else {
                lasts.append((place, nil))
                continue
            }
            let known = [place, before.first] + (before.other.map { [$0] } ?? [])
            let first = known.max() ?? place
            let other = known.filter { things[$0].event != things[first].event }.max()
            lasts.append((first, other))
        }
        self.lasts = lasts
    }

    /// The last thing that had happened by `moment` and is not of `event`.
    func last(by moment: Stamp, notOf event: Int) -> Value? {
        var low = 0
        var high = moments.count
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let last = lasts[low - 1]
        if events[last.first] != event { return values[last.first] }
        return last.other.map { values[$0] }
    }
}
