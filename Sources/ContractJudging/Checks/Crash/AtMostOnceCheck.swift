import DeliveryEvidence
import WebhookContracts

/// C7: a crash may lose an event of a best-effort provider, and never doubles it.
enum AtMostOnceCheck {
    static let check = Check(
        "crash.at-most-once",
        codes: ["C7"],
        title: "Where an event is delivered at most once, a crash does not double it.",
        asks: "Around an end of the dispatcher, no event comes twice. A loss is reported; the contract allows it."
    ) { context in
        let guarantee = context.contract.guarantee
        guard guarantee.value == .bestEffort else { return [] }
        return context.deliveries.compactMap { delivery -> Finding? in
            let asked = delivery.emission.emitted.asked
            guard let death = context.death(from: asked, to: context.observedEnd),
                ArrivalCheck.isOwed(delivery)
            else { return nil }
            let count = delivery.attempts.count
            guard count <= 1 else {
                return .violated(
                    delivery.subject,
                    "The event came \(count) times around the end of the dispatcher at \(context.text(death)).",
                    details: context.timeline(of: delivery),
                    by: guarantee.basis
                )
            }
            let text =
                count == 1 ? "The event came once." : "The event was lost in the crash, which the contract allows."
            switch context.silence(since: max(death, delivery.attempts.first?.began ?? death)) {
            case .proven: return .held(delivery.subject, text, by: guarantee.basis)
            case .notWatched: return nil
            case .doubtful(let why):
                return .inconclusive(
                    delivery.subject,
                    "\(text) Whether it came again is not known: \(why).",
                    by: guarantee.basis
                )
            }
        }
    }
}
