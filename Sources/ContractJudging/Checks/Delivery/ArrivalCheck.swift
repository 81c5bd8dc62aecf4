import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Every accepted event reaches the endpoints it is for.
enum ArrivalCheck {
    static let check = Check(
        "delivery.arrives",
        codes: [],
        title: "An accepted event is tried at every endpoint it is for.",
        asks: "At least one attempt comes to each active, subscribed endpoint while it is watched."
    ) { context in
        guard !context.contract.guarantee.isUnstated else { return reported(context) }
        return context.deliveries.compactMap { judge($0, context) }
    }

    /// Where nothing is promised, one finding tells how many came and names those that did not.
    private static func reported(_ context: JudgingContext) -> [Finding] {
        let owed = context.deliveries.filter(isOwed)
        guard !owed.isEmpty else { return [] }
        let missing = owed.filter(\.attempts.isEmpty)
        let came = "\(owed.count - missing.count) of \(owed.count) events came"
        let details = missing.map { delivery in
            "\(delivery.subject) did not come within \(TimeText.of(context.watched(from: delivery.emission.at)))."
        }
        return [.unstated(nil, "How hard the provider tries is not stated; \(came).", details: details)]
    }

    private static func judge(_ delivery: Delivery, _ context: JudgingContext) -> Finding? {
        guard isOwed(delivery) else { return nil }
        let guarantee = context.contract.guarantee
        let basis = guarantee.basis
        if let first = delivery.attempts.first {
            return .held(delivery.subject, "The event came at \(context.text(first.began)).", by: basis)
        }
        let asked = delivery.emission.emitted.asked
        // What a crash or a switch does to an event has checks of its own.
        guard context.death(from: asked, to: context.observedEnd) == nil else { return nil }
        guard !delivery.endpoint.changes.contains(where: { $0.value.accepted && $0.at >= asked }) else { return nil }
        guard !context.mayBeDisabled(delivery.endpoint) else { return nil }
        if let gone = context.goneBefore(delivery) {
            return .unstated(delivery.subject, "What becomes of an endpoint that answers 410 is not stated; \(gone).")
        }
        switch context.absence(of: delivery) {
        case .queued: return nil
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "The event did not come, but \(why).", by: basis)
        case .notWatched(let watched):
            let needed = TimeText.of(context.timeToStart)
            return .inconclusive(
                delivery.subject,
                "The event did not come within \(TimeText.of(watched)); it may take \(needed) to start.",
                by: basis
            )
        case .overdue(let watched):
            let never = context.nothingEver(since: delivery.emission.at)
            let text = "The event was accepted and did not come within \(TimeText.of(watched))\(never)."
            guard guarantee.value == .bestEffort else {
                let window = TimeWindow(earliest: .zero, latest: context.timeToStart)
                var comparison = Comparison(
                    context.observedEnd,
                    in: window,
                    from: delivery.emission.at,
                    "after the event was taken"
                )
                comparison.observed = "nothing in \(SecondsText.of(watched))"
                return .violated(
                    delivery.subject,
                    text,
                    details: facts(of: delivery, context),
                    comparison: comparison,
                    by: basis
                )
            }
            return .inconclusive(
                delivery.subject,
                text,
                details: ["By contract an event may be missed, so that a loss alone proves nothing."],
                by: basis
            )
        }
    }

    /// Says that a request had to come to the endpoint.
    static func isOwed(_ delivery: Delivery) -> Bool {
        delivery.duty == .due && delivery.endpoint.identity?.mustBeRefused != true
    }

    private static func facts(of delivery: Delivery, _ context: JudgingContext) -> [String] {
        let connections = context.connections(to: delivery.endpoint.name)
        let accepted = "\(delivery.emission.type) was accepted at \(context.text(delivery.emission.at))."
        return [accepted, "The receiver saw \(connections.count) connections in all."]
    }
}
