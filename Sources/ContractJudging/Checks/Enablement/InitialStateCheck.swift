import DeliveryEvidence
import WebhookContracts

/// X1, first half: a new endpoint gets nothing until it is switched on.
enum InitialStateCheck {
    static let check = Check(
        "endpoint.starts-deactivated",
        codes: ["X1"],
        title: "An endpoint that was just created gets nothing until it is switched on.",
        asks: "No request comes between registration and the first time the endpoint is switched on."
    ) { context in
        let clause = context.contract.endpoint.initialState
        return context.endpoints.flatMap { endpoint -> [Finding] in
            guard let registration = endpoint.registration, registration.value.accepted else { return [] }
            let enabled = endpoint.changes.first { $0.value.change == .enabled && $0.value.accepted }
            let before = { (stamp: Stamp) in enabled.map { stamp < $0.value.asked } ?? true }
            let early = context.attempts.filter { $0.arrived.endpoint == endpoint.name && before($0.began) }
            let emitted = context.emissions.filter {
                $0.emitted.accepted && $0.emitted.asked >= registration.at && before($0.at)
            }
            if clause.isUnstated {
                guard enabled == nil, !emitted.isEmpty, endpoint.changes.isEmpty else { return [] }
                let saw = early.isEmpty ? "no request came to an endpoint" : "requests came to an endpoint"
                return [
                    .unstated(endpoint.name, "The state of a new endpoint is not stated; \(saw) never switched on.")
                ]
            }
            guard clause.value == .deactivated else { return [] }
            if let first = early.first {
                let text =
                    "\(early.count) requests came before it was switched on, the first at \(context.text(first.began))."
                return [.violated(endpoint.name, text, details: context.timeline(of: early), by: clause.basis)]
            }
            guard let event = emitted.first else { return [] }
            return quiet(endpoint, event, until: enabled?.value.asked, emitted.count, context, clause.basis)
        }
    }

    private static func quiet(
        _ endpoint: EndpointView,
        _ event: EmissionView,
        until enabled: Stamp?,
        _ count: Int,
        _ context: JudgingContext,
        _ basis: Basis
    ) -> [Finding] {
        let text = "None of \(count) events came before it was switched on"
        if let enabled {
            // A short while before it is switched on shows no less than it does: a request would have come.
            let watched = enabled - event.at - context.clockUncertainty(from: event.at, to: enabled).amount
            guard watched >= JudgingContext.patience / 2 else { return [] }
            return [.held(endpoint.name, "\(text), in \(TimeText.of(enabled - event.at)).", by: basis)]
        }
        switch context.silence(since: event.at) {
        case .proven(let watched): return [.held(endpoint.name, "\(text), in \(TimeText.of(watched)).", by: basis)]
        case .notWatched: return []
        case .doubtful(let why): return [.inconclusive(endpoint.name, "\(text), but \(why).", by: basis)]
        }
    }
}
