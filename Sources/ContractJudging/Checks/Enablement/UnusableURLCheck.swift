import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// F7: nobody hammers at a URL that leads nowhere.
enum UnusableURLCheck {
    static let check = Check(
        "endpoint.unusable-url",
        codes: ["F7"],
        title: "A URL that can never be delivered to is refused, or given up at once, and never tried on and on.",
        asks: """
            An endpoint whose URL has no host, no usable port or no form at all is not registered; where one is, the log shows \
            no more than one attempt of each delivery, and that it was given up.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.endpoints.flatMap { endpoint -> [Finding] in
            guard let scenario = endpoint.scenario, !scenario.isReachable, !context.isOffLimits(endpoint),
                let registration = endpoint.registration?.value
            else { return [] }
            let what = "the URL \(registration.url.quoted)"
            return registration.accepted
                ? taken(endpoint, what, log, context) : [refused(endpoint, what, registration, context)]
        }
    }

    private static func refused(
        _ endpoint: EndpointView,
        _ what: String,
        _ registration: EndpointRegistered,
        _ context: JudgingContext
    ) -> Finding {
        let clause = context.contract.endpoint.unusableURL
        let saw = "\(what) was refused (\(registration.status.map { "\($0)" } ?? "no status"))"
        if clause.isUnstated {
            return .unstated(endpoint.name, "What becomes of unusable URLs is not stated; \(saw).")
        }
        return .held(endpoint.name, "\(saw.prefix(1).uppercased() + saw.dropFirst()).", by: clause.basis)
    }

    private static func taken(
        _ endpoint: EndpointView,
        _ what: String,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> [Finding] {
        let clause = context.contract.endpoint.unusableURL
        let deliveries = context.deliveries.filter { $0.endpoint.name == endpoint.name }
        let tried = deliveries.map { delivery in
            (delivery, log.records(of: delivery).map { rows in rows.flatMap(\.attempts).count })
        }
        // More attempts than any delivery may have are too many, whatever becomes of such URLs.
        if let most = context.promise.most, let worst = tried.first(where: { $0.1 ?? 0 > most }) {
            let text = "\(what) was tried \(worst.1 ?? 0) times; \(most) are promised at the most."
            return [.violated(worst.0.subject, text, by: context.contract.retry.attempts.basis)]
        }
        if clause.isUnstated {
            let times = tried.compactMap(\.1).max().map { "tried \($0) times" } ?? "taken on"
            return [.unstated(endpoint.name, "What becomes of unusable URLs is not stated; \(what) was \(times).")]
        }
        if clause.value == .refused {
            return [.violated(endpoint.name, "\(what) was taken on; such URLs are refused.", by: clause.basis)]
        }
        return deliveries.compactMap { givenUp($0, what, log, context) }
    }

    private static func givenUp(
        _ delivery: Delivery,
        _ what: String,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.endpoint.unusableURL.basis
        guard let rows = log.records(of: delivery), !rows.isEmpty else {
            let text = "\(what) was taken on, and the log does not show what became of the delivery: \(log.obstacle)."
            return .inconclusive(delivery.subject, text, by: basis)
        }
        let attempts = rows.flatMap(\.attempts)
        if attempts.count > 1 {
            return .violated(delivery.subject, "\(what) was tried \(attempts.count) times.", by: basis)
        }
        if let state = LoggedState(of: delivery, log, context), !state.isGivenUp {
            let text = "\(what) leads nowhere, and the log says \(state.word.quoted)."
            return .violated(delivery.subject, text, by: basis)
        }
        return .held(delivery.subject, "\(what) was given up after \(attempts.count) attempts.", by: basis)
    }
}
