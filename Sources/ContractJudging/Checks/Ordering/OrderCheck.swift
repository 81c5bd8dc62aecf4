import DeliveryEvidence
import Notation
import WebhookContracts

/// O1, O2 and O3: the order of arrival.
enum OrderCheck {
    static let reported = Check(
        "ordering.reported",
        codes: ["O1"],
        title: "Where no order is promised, the order of arrival is reported.",
        asks:
            "Of all pairs of events at an endpoint, how many came in another order than they were handed over. Never a failure."
    ) { context in
        let clause = context.contract.ordering
        guard clause.value != .perEndpoint, clause.value != .perSubject else { return [] }
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
        return context.endpoints.compactMap { endpoint in
            judge(firsts(at: endpoint, context), endpoint.name, context)
        }
    }

    static let perSubject = Check(
        "ordering.per-subject",
        codes: ["O3"],
        title: "The events of one subject reach an endpoint in the order in which they happened.",
        asks: """
            No event is sent before an earlier one about the same subject at the same endpoint was delivered or given up, \
            across retries and crashes; events about other subjects may overtake it.
            """
    ) { context in
        let clause = context.contract.ordering
        guard clause.value == .perSubject || clause.isUnstated else { return [] }
        return context.endpoints.flatMap { endpoint -> [Finding] in
            var bySubject: [String: [First]] = [:]
            var order: [String] = []
            for first in firsts(at: endpoint, context) {
                guard let subject = subject(of: first.delivery, context) else { continue }
                if bySubject[subject] == nil { order.append(subject) }
                bySubject[subject, default: []].append(first)
            }
            let groups = order.compactMap { bySubject[$0] }.filter { $0.count > 1 }
            guard !clause.isUnstated else { return reported(groups, endpoint) }
            return groups.compactMap { judge($0, "\(endpoint.name) · \($0[0].delivery.emission.event)…", context) }
        }
    }

    /// What an event is about, in a form that can be compared.
    private static func subject(of delivery: Delivery, _ context: JudgingContext) -> String? {
        delivery.emission.payload.flatMap(context.contract.body.subject).map { $0.stringValue ?? $0.compact() }
    }

    private static func reported(_ groups: [[First]], _ endpoint: EndpointView) -> [Finding] {
        guard !groups.isEmpty else { return [] }
        let count = groups.count { inversions(in: $0.map(\.arrived)) > 0 }
        let text = "No order is stated; at \(count) of \(groups.count) subjects a later event came first."
        return [.unstated(endpoint.name, text)]
    }

    private struct First {
        var delivery: Delivery
        var handed: Int
        var arrived: Int
        var attempt: AttemptView
        /// When the dispatcher was asked to deliver it.
        var asked: Stamp { delivery.emission.emitted.asked }
    }

    /// The first attempt of every event at an endpoint, in the order of handing over.
    private static func firsts(at endpoint: EndpointView, _ context: JudgingContext) -> [First] {
        let own = context.deliveries(to: endpoint.name).filter { $0.emission.emitted.again == nil }
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

    /// Judges events that keep an order among themselves, in the order of handing over.
    private static func judge(_ firsts: [First], _ subject: String, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.ordering.basis
        guard firsts.count > 1 else { return nil }
        let ends = firsts.map { end(of: $0.delivery, context) }
        let latest = LatestEnds(firsts.indices.map { (at: firsts[$0].delivery.emission.at, end: ends[$0]) })
        // Only where an earlier event was not over yet is it worth a search which.
        for (index, later) in firsts.enumerated() where latest.isOpen(later.attempt.began, amongThoseBy: later.asked) {
            for (place, earlier) in firsts[..<index].enumerated() where earlier.delivery.emission.at <= later.asked {
                let isDone = ends[place].map { $0 <= later.attempt.began } ?? false
                guard !isDone else { continue }
                let pair = "\(later.delivery.emission.event) was sent before \(earlier.delivery.emission.event)"
                return .violated(
                    later.delivery.subject,
                    "\(pair) was delivered or given up.",
                    alsoAbout: [earlier.delivery.subject],
                    by: basis
                )
            }
        }
        return .held(subject, "\(firsts.count) events came in their order.", by: basis)
    }

    /// From when on a delivery had succeeded or used its attempts up; `nil` when it never had.
    private static func end(of delivery: Delivery, _ context: JudgingContext) -> Stamp? {
        let begun = delivery.attempts.map(\.began).sorted()
        var ends = delivery.attempts.filter { !$0.receiverResult.isFailure }.map(\.began)
        if let most = context.promise.most {
            if most <= 0 { return Stamp(nanoseconds: .min) }
            if begun.count >= most { ends.append(begun[most - 1]) }
        } else if let last = begun.last {
            // Without a promised end, a delivery that nothing followed may have been given up.
            ends.append(last)
        }
        return ends.min()
    }
}
