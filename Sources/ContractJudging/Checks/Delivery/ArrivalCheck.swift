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
        context.deliveries.compactMap { judge($0, context) }
    }

    private static func judge(_ delivery: Delivery, _ context: JudgingContext) -> Finding? {
        guard isOwed(delivery, context) else { return nil }
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
        let needed = context.contract.latency.value ?? JudgingContext.patience
        switch context.silence(since: delivery.emission.at, needed: needed) {
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "The event did not come, but \(why).", by: basis)
        case .notWatched(let watched):
            return .inconclusive(
                delivery.subject,
                "The event did not come within \(TimeText.of(watched)); it may take \(TimeText.of(needed)) to start.",
                by: basis
            )
        case .proven(let watched):
            let text = "The event was accepted and did not come within \(TimeText.of(watched))."
            guard guarantee.value == .bestEffort else {
                return .violated(delivery.subject, text, details: facts(of: delivery, context), by: basis)
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
    static func isOwed(_ delivery: Delivery, _ context: JudgingContext) -> Bool {
        guard delivery.duty == .due, delivery.endpoint.identity?.mustBeRefused != true else { return false }
        // An event that happens only when a watched value changed did not happen when none did.
        return !context.contract.body.watched.contains { clause in
            guard let rule = clause.value, rule.triggers == delivery.emission.type else { return false }
            let entries = delivery.emission.payload?[rule.list]?.items ?? []
            return !entries.contains { entry in
                let name = entry.members?.first { $0.name == rule.member }?.value.stringValue
                return name.map { rule.values.contains($0) } ?? false
            }
        }
    }

    private static func facts(of delivery: Delivery, _ context: JudgingContext) -> [String] {
        let connections = context.connections(to: delivery.endpoint.name)
        let accepted = "\(delivery.emission.type) was accepted at \(context.text(delivery.emission.at))."
        return [accepted, "The receiver saw \(connections.count) connections in all."]
    }
}
