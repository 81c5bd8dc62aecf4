import DeliveryEvidence
import Notation
import WebhookContracts

/// L7: the first attempt comes soon enough after the event.
enum LatencyCheck {
    static let check = Check(
        "latency.first-attempt",
        codes: ["L7"],
        title: "The first attempt starts within the promised time after the event.",
        asks: "From the dispatcher's acknowledgement of the event to the first byte of the first attempt."
    ) { context in
        let firsts = context.deliveries.compactMap { delivery -> (Delivery, AttemptView)? in
            guard delivery.duty == .due, !delivery.endpoint.losesConnections, let first = delivery.attempts.first,
                context.death(from: delivery.emission.emitted.asked, to: first.began) == nil
            else { return nil }
            return (delivery, first)
        }
        guard let latency = context.contract.latency.value else {
            guard context.contract.latency.isUnstated, !firsts.isEmpty else { return [] }
            let slowest = firsts.map { max(.zero, $1.began - $0.emission.at) }.max() ?? .zero
            let saw = "the slowest of \(firsts.count) first attempts started after \(TimeText.of(slowest))"
            return [.unstated(nil, "How soon an event is delivered is not stated; \(saw).")]
        }
        let basis = context.contract.latency.basis
        return firsts.map { delivery, first in
            // The first byte can come before the acknowledgement.
            let from = min(delivery.emission.at, first.began)
            let judged = WindowJudgement.judge(
                observed: first.began - from,
                window: TimeWindow(earliest: .zero, latest: latency, nominal: nil),
                // An early start is what the window is open for, so only its far edge can be doubted.
                uncertainty: first.began - from > latency / 2 ? context.uncertainty(from: from, to: first.began) : .none
            )
            let text = "The first attempt started after \(judged.sentence)."
            let window = TimeWindow(earliest: .zero, latest: latency)
            let comparison = Comparison(first.began, in: window, from: from, "after the event was taken")
            return Finding(judged.outcome, delivery.subject, text, comparison: comparison, by: basis)
        }
    }
}
