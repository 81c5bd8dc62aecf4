import DeliveryEvidence
import WebhookContracts

/// O1 and O2: the order of arrival.
enum OrderCheck {
    static let reported = Check(
        "ordering.reported",
        codes: ["O1"],
        title: "Where no order is promised, the order of arrival is reported.",
        asks:
            "Of all pairs of events at an endpoint, how many came in another order than they were handed over. Never a failure."
    ) { context in
        let clause = context.contract.ordering
        guard clause.value != .perEndpoint else { return [] }
        return context.endpoints.compactMap { endpoint in
            let firsts = firsts(at: endpoint, context)
            guard firsts.count > 1 else { return nil }
            let pairs = firsts.count * (firsts.count - 1) / 2
            let text = "\(inversions(in: firsts.map(\.arrived))) of \(pairs) pairs of events came in another order"
            if clause.isUnstated { return .unstated(endpoint.name, "No order is stated; \(text).") }
            return .held(endpoint.name, "No order is promised; \(text).", by: clause.basis)
        }
    }

    static let perEndpoint = Check(
        "ordering.per-endpoint",
        codes: ["O2"],
        title: "An endpoint gets events in the order in which they happened.",
        asks: """
            No event is sent before an earlier one at the same endpoint was delivered or given up; events handed over at the \
            same time have no order.
            """
    ) { context in
        let clause = context.contract.ordering
        guard clause.value == .perEndpoint else { return [] }
        return context.endpoints.compactMap { judge($0, context) }
    }

    private struct First {
        var delivery: Delivery
        var handed: Int
        var arrived: Int
        var attempt: AttemptView
    }

    /// The first attempt of every event at an endpoint, in the order of handing over.
    private static func firsts(at endpoint: EndpointView, _ context: JudgingContext) -> [First] {
        let own = context.deliveries.filter { $0.endpoint.name == endpoint.name && $0.emission.emitted.again == nil }
        return own.compactMap { delivery in
            delivery.attempts.first.map {
                First(delivery: delivery, handed: delivery.emission.number, arrived: $0.number, attempt: $0)
            }
        }
    }

    /// How many pairs stand in the wrong order, by merging sorted halves: bursts have hundreds of thousands of pairs.
    static func inversions(in numbers: [Int]) -> Int {
        var numbers = numbers
        var buffer = numbers
        var count = 0
        var width = 1
        while width < numbers.count {
            for start in stride(from: 0, to: numbers.count, by: 2 * width) {
                let middle = min(start + width, numbers.count)
                let end = min(start + 2 * width, numbers.count)
                var (left, right) = (start, middle)
                for place in start..<end {
                    if left < middle, right >= end || numbers[left] <= numbers[right] {
                        buffer[place] = numbers[left]
                        left += 1
                    } else {
                        buffer[place] = numbers[right]
                        right += 1
                        count += middle - left
                    }
                }
            }
            swap(&numbers, &buffer)
            width *= 2
        }
        return count
    }

    private static func judge(_ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.ordering.basis
        let firsts = firsts(at: endpoint, context)
        guard firsts.count > 1 else { return nil }
        for (index, later) in firsts.enumerated() {
            for earlier in firsts[..<index] where earlier.delivery.emission.at <= later.delivery.emission.emitted.asked
            {
                let isDone = isOver(earlier.delivery, before: later.attempt.began, context)
                guard !isDone else { continue }
                let pair = "\(later.delivery.emission.event) was sent before \(earlier.delivery.emission.event)"
                return .violated(
                    later.delivery.subject,
                    "\(pair) was delivered or given up.",
                    details: context.timeline(of: earlier.delivery) + context.timeline(of: later.delivery),
                    by: basis
                )
            }
        }
        return .held(endpoint.name, "\(firsts.count) events came in their order.", by: basis)
    }

    /// Says that a delivery had succeeded or used its attempts up before a moment.
    private static func isOver(_ delivery: Delivery, before moment: Stamp, _ context: JudgingContext) -> Bool {
        let past = delivery.attempts.filter { $0.began <= moment }
        if past.contains(where: { !$0.receiverResult.isFailure }) { return true }
        if let most = context.promise.most, past.count >= most { return true }
        // Without a promised end, a delivery that nothing followed may have been given up.
        return context.promise.most == nil && !past.isEmpty && past.count == delivery.attempts.count
    }
}
