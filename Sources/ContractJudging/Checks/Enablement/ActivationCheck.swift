import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// X1, second half: switching an endpoint on brings one delivery.
enum ActivationCheck {
    static let check = Check(
        "endpoint.activation-delivery",
        codes: ["X1"],
        title: "Switching an endpoint on sends exactly one delivery to it.",
        asks: "After each time it is switched on, one delivery of its own comes; it is tried again only when it failed."
    ) { context in
        guard context.contract.endpoint.activationDelivery.value == true else { return [] }
        return context.activations.compactMap { judge($0, context) }
            + context.endpoints.compactMap { surplus(at: $0, context) }
    }

    private static func judge(_ activation: ActivationDelivery, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.endpoint.activationDelivery.basis
        let since = activation.change.at
        guard activation.endpoint.identity?.mustBeRefused != true else { return nil }
        if let first = activation.attempts.first {
            let wait = TimeText.of(max(.zero, first.began - activation.change.value.asked))
            return .held(activation.subject, "One delivery came \(wait) after it was switched on.", by: basis)
        }
        let isLifted =
            context.death(from: since, to: context.observedEnd) != nil
            || activation.endpoint.changes.contains { $0.value.accepted && $0.at > since }
        guard !isLifted else { return nil }
        let needed = context.contract.latency.value ?? JudgingContext.patience
        switch context.silence(since: since, needed: needed) {
        case .proven(let watched):
            let never = context.nothingEver(since: since)
            let text = "Nothing came in \(TimeText.of(watched)) after it was switched on\(never)."
            return .violated(activation.subject, text, by: basis)
        case .notWatched(let watched):
            return .inconclusive(
                activation.subject,
                "Nothing came within \(TimeText.of(watched)) after it was switched on; it may take \(TimeText.of(needed)).",
                by: basis
            )
        case .doubtful(let why):
            return .inconclusive(activation.subject, "Nothing came after it was switched on, but \(why).", by: basis)
        }
    }

    /// Requests that belong to no event and to no activation are second ones.
    ///
    /// Of a torn one nobody can tell whose it is.
    private static func surplus(at endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let switches = endpoint.changes.filter { $0.value.change == .enabled && $0.value.accepted }
        let strays = context.strayAttempts.filter { stray in
            stray.isWhole && stray.arrived.endpoint == endpoint.name
                && switches.contains { $0.value.asked <= stray.began }
        }
        guard !strays.isEmpty,
            context.activations.contains(where: { $0.endpoint.name == endpoint.name && !$0.attempts.isEmpty })
        else { return nil }
        return .violated(
            endpoint.name,
            "\(strays.count) requests belong to no event and follow the activation delivery.",
            details: context.timeline(of: strays),
            by: context.contract.endpoint.activationDelivery.basis
        )
    }
}
