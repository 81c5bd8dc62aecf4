import DeliveryEvidence
import WebhookContracts

/// Finds the deliveries that switching an endpoint on brought, among the attempts that belong to no event.
struct ActivationMatching {
    var contract: Contract
    var matching: AttemptMatching

    func split(
        _ unowned: [AttemptView],
        at endpoint: EndpointView
    ) -> (activations: [ActivationDelivery], strays: [AttemptView]) {
        guard contract.endpoint.activationDelivery.value == true else { return ([], unowned) }
        var rest = unowned
        var activations: [ActivationDelivery] = []
        let switches = endpoint.changes.filter { $0.value.change == .enabled && $0.value.accepted }
        for (index, change) in switches.enumerated() {
            let next = index + 1 < switches.count ? switches[index + 1].value.asked : nil
            let first = rest.firstIndex { attempt in
                attempt.began >= change.value.asked && next.map { attempt.began < $0 } ?? true
            }
            guard let first else {
                activations.append(ActivationDelivery(endpoint: endpoint, change: change, attempts: []))
                continue
            }
            let leader = rest[first]
            let identity = matching.identity(of: leader)
            // Between two activations the endpoint was off, which ended whatever was left of the first one.
            let belongs = { (attempt: AttemptView) in
                attempt.number == leader.number
                    || (attempt.began > leader.began && next.map { attempt.began < $0 } ?? true
                        && (identity.map { $0 == matching.identity(of: attempt) }
                            ?? (attempt.body.bytes == leader.body.bytes)))
            }
            let mine = rest.filter(belongs).enumerated().map { $1.numbered($0 + 1) }
            rest.removeAll(where: belongs)
            activations.append(ActivationDelivery(endpoint: endpoint, change: change, attempts: mine))
        }
        return (activations, rest)
    }
}
