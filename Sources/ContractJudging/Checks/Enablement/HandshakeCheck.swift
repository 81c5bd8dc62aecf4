import DeliveryEvidence
import WebhookContracts

/// X6: nothing is delivered to an endpoint that has not agreed to it.
enum HandshakeCheck {
    static let check = Check(
        "endpoint.handshake",
        codes: ["X6"],
        title: "An endpoint is asked whether it wants deliveries, and gets none unless it says so.",
        asks: """
            The stated question comes to a new endpoint. Deliveries come only after the right answer: never before it, and never \
            after a wrong one, whatever its status.
            """
    ) { context in
        let clause = context.contract.endpoint.handshake
        if clause.isUnstated { return reported(context) }
        guard let rule = clause.value else { return [] }
        return context.endpoints.compactMap { judge($0, rule, context) }
    }

    private static func reported(_ context: JudgingContext) -> [Finding] {
        context.endpoints.compactMap { endpoint in
            let questions = context.setup.compactMap { attempt in
                attempt.arrived.endpoint == endpoint.name ? SetupReading.question(of: attempt) : nil
            }
            guard let first = questions.first else { return nil }
            return .unstated(endpoint.name, "A handshake is not stated; the endpoint was asked (\(first.rawValue)).")
        }
    }

    private static func judge(_ endpoint: EndpointView, _ rule: HandshakeRule, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.endpoint.handshake.basis
        guard let registration = endpoint.registration else { return nil }
        let reading = SetupReading(
            contract: context.contract,
            scenario: context.scenario,
            endpoints: context.endpoints,
            emissions: context.emissions
        )
        let asked = context.setup.filter {
            $0.arrived.endpoint == endpoint.name && SetupReading.question(of: $0) == rule
        }
        let agreed = asked.first(where: reading.consents)?.ended
        let deliveries = context.attempts.filter { $0.arrived.endpoint == endpoint.name }
        if let early = deliveries.first(where: { delivery in agreed.map { delivery.began < $0 } ?? true }) {
            let how =
                agreed != nil
                ? "before the endpoint had agreed"
                : asked.isEmpty ? "and the endpoint was never asked" : "after an answer that does not agree"
            let text = "A delivery came at \(context.text(early.began)), \(how)."
            return .violated(endpoint.name, text, by: basis)
        }
        guard asked.isEmpty else {
            if agreed != nil, !deliveries.isEmpty {
                return .held(endpoint.name, "The endpoint agreed before anything was delivered to it.", by: basis)
            }
            return agreed == nil ? silent(endpoint, "The endpoint did not agree", context, basis) : nil
        }
        guard registration.value.accepted else { return nil }
        switch context.silence(since: registration.at) {
        case .proven(let watched):
            let text = "The endpoint was registered and not asked in \(TimeText.of(watched))."
            return .violated(endpoint.name, text, by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(endpoint.name, "The endpoint was not asked, but \(why).", by: basis)
        }
    }

    /// Nothing came; that proves something only where an event would have come otherwise.
    static func silent(
        _ endpoint: EndpointView,
        _ text: String,
        _ context: JudgingContext,
        _ basis: Basis
    ) -> Finding? {
        let due = context.barred.filter { $0.endpoint.name == endpoint.name && $0.duty == .barred(.unconfirmed) }
        guard let first = due.map(\.emission.at).min() else { return nil }
        switch context.silence(since: first) {
        case .proven(let watched):
            let count = "\(due.count) event\(due.count == 1 ? "" : "s")"
            return .held(endpoint.name, "\(text), and \(count) did not come in \(TimeText.of(watched)).", by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(endpoint.name, "\(text), and nothing came; but \(why).", by: basis)
        }
    }
}
