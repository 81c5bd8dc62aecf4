import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// R15: an endpoint gets the events it is subscribed to, and no others.
enum SubscriptionCheck {
    static let check = Check(
        "endpoint.subscription",
        codes: ["R15"],
        title: "An endpoint gets the events it is subscribed to, and no others.",
        asks:
            "No request of another type arrives, and every subscribed event comes at least once to each of its endpoints."
    ) { context in
        let clause = context.contract.endpoint.subscription
        let isAsked = context.endpoints.count > 1 || context.endpoints.contains { $0.events != nil }
        guard isAsked, !context.emissions.isEmpty else { return [] }
        if clause.isUnstated {
            let count = context.barred.reduce(0) { $1.duty == .barred(.notSubscribed) ? $0 + $1.attempts.count : $0 }
            return [
                .unstated(
                    nil,
                    "How events are chosen for an endpoint is not stated; \(count) came that were not chosen."
                )
            ]
        }
        guard clause.value != nil else { return [] }
        return unwanted(context, clause.basis) + missing(context, clause.basis)
    }

    private static func unwanted(_ context: JudgingContext, _ basis: Basis) -> [Finding] {
        let naming = EventNaming(contract: context.contract)
        let strays = context.strayAttempts.compactMap { attempt -> Finding? in
            guard let events = context.endpoint(of: attempt)?.events, let type = naming.type(of: attempt, in: context),
                !events.contains(type)
            else { return nil }
            return .violated(
                context.subject(of: attempt),
                "\(type) came, to which the endpoint is not subscribed.",
                by: basis
            )
        }
        return strays
            + context.barred.compactMap { delivery in
                guard delivery.duty == .barred(.notSubscribed) else { return nil }
                if !delivery.attempts.isEmpty {
                    let type = delivery.emission.type
                    return .violated(
                        delivery.subject,
                        "\(type) came, to which the endpoint is not subscribed.",
                        by: basis
                    )
                }
                if let doubt = context.doubtAboutSilence(since: delivery.emission.at) {
                    return .inconclusive(
                        delivery.subject,
                        "The unsubscribed event did not come, but \(doubt).",
                        by: basis
                    )
                }
                return .held(
                    delivery.subject,
                    "\(delivery.emission.type) is not subscribed and did not come.",
                    by: basis
                )
            }
    }

    private static func missing(_ context: JudgingContext, _ basis: Basis) -> [Finding] {
        context.deliveries.compactMap { delivery in
            guard ArrivalCheck.isOwed(delivery) else { return nil }
            let type = delivery.emission.type
            guard delivery.attempts.isEmpty else { return .held(delivery.subject, "\(type) came.", by: basis) }
            // An endpoint that was given up for its failures gets nothing whatever it is subscribed to.
            guard !context.mayBeDisabled(delivery.endpoint), context.goneBefore(delivery) == nil else { return nil }
            let text = "\(type) is subscribed and did not come"
            if context.contract.guarantee.isUnstated {
                return .unstated(delivery.subject, "\(text); how hard the provider tries is not stated.")
            }
            if let doubt = doubtAboutLoss(delivery, context) {
                return .inconclusive(delivery.subject, "\(text), but \(doubt).", by: basis)
            }
            switch context.absence(of: delivery) {
            case .queued: return nil
            case .doubtful(let why): return .inconclusive(delivery.subject, "\(text), but \(why).", by: basis)
            case .notWatched(let watched):
                let needed = TimeText.of(context.timeToStart)
                return .inconclusive(
                    delivery.subject,
                    "\(text) within \(TimeText.of(watched)); it may take \(needed) to start.",
                    by: basis
                )
            case .overdue:
                let never = context.nothingEver(since: delivery.emission.at)
                return .violated(delivery.subject, "\(text)\(never).", by: basis)
            }
        }
    }

    /// Why an event that did not come may be missing for another reason than its subscription.
    private static func doubtAboutLoss(_ delivery: Delivery, _ context: JudgingContext) -> String? {
        if context.death(from: delivery.emission.emitted.asked, to: context.observedEnd) != nil {
            return "the dispatcher's process ended meanwhile"
        }
        if delivery.endpoint.changes.contains(where: { $0.at >= delivery.emission.emitted.asked }) {
            return "the endpoint was changed meanwhile"
        }
        return context.contract.guarantee.value == .bestEffort ? "events may be missed by contract" : nil
    }
}
