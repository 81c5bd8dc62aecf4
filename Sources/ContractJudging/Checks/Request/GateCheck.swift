import DeliveryEvidence
import WebhookContracts

/// R16: what is held back stays back.
enum GateCheck {
    static let check = Check(
        "endpoint.gates",
        codes: ["R16"],
        title: "An event that a closed gate or a source filter holds back is not delivered.",
        asks: "No request carries an event whose gate was closed or whose source the endpoint does not take."
    ) { context in
        let uncertain = context.deliveries.compactMap { delivery -> Finding? in
            let emitted = delivery.emission.emitted
            let isFiltered = delivery.endpoint.source != nil && context.contract.endpoint.sourceFilter.isUnstated
            let unruled = emitted.closedGates.contains { name in
                context.contract.gates.contains { $0.name == name && $0.covers(emitted.type) && $0.rule.isUnstated }
            }
            guard case .uncertain(let why) = delivery.duty, isFiltered || unruled else { return nil }
            return .unstated(delivery.subject, "\(delivery.attempts.count) requests came; \(why).")
        }
        return uncertain + context.barred.compactMap { judge($0, context) }
    }

    private static func judge(_ delivery: Delivery, _ context: JudgingContext) -> Finding? {
        let reason: String
        let basis: Basis
        switch delivery.duty {
        case .barred(.gate(let name)):
            reason = "the gate \(name) was closed"
            basis = context.contract.gates.first { $0.name == name }?.rule.basis ?? Basis()
        case .barred(.source(let wanted)):
            reason = "the endpoint takes events of the source \(wanted) only"
            basis = context.contract.endpoint.sourceFilter.basis
        default: return nil
        }
        guard delivery.attempts.isEmpty else {
            return .violated(delivery.subject, "The event came although \(reason).", by: basis)
        }
        if let doubt = context.doubtAboutSilence(since: delivery.emission.at) {
            return .inconclusive(delivery.subject, "The event did not come, but \(doubt).", by: basis)
        }
        return .held(delivery.subject, "The event did not come, since \(reason).", by: basis)
    }
}
