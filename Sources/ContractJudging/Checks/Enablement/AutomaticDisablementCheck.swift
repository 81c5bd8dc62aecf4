import DeliveryEvidence
import WebhookContracts

/// X3: endpoints that keep failing.
enum AutomaticDisablementCheck {
    static let check = Check(
        "endpoint.automatic-disablement",
        codes: ["X3"],
        title: "What an endpoint that keeps failing comes to is reported.",
        asks: """
            After how many failed attempts nothing more came, or how many were made all the same. A threshold is a sentence, so \
            that there is nothing to hold the number against.
            """
    ) { context in
        let clause = context.contract.disablement.automatic
        guard clause.value != nil || clause.isUnstated else { return [] }
        return context.endpoints.compactMap { endpoint in
            let own = context.attempts.filter { $0.arrived.endpoint == endpoint.name }
            let failed = own.count { $0.receiverResult.isFailure }
            guard failed >= JudgingContext.fewestFailuresForDisablement, let last = own.last else { return nil }
            let later = context.deliveries.filter {
                $0.endpoint.name == endpoint.name && $0.duty == .due && $0.emission.at > last.began
                    && $0.attempts.isEmpty
            }
            let figures = "\(failed) of \(own.count) attempts failed"
            let saw = later.isEmpty ? "attempts went on" : "\(later.count) later events did not come"
            let promise =
                clause.isUnstated ? "Automatic disablement is not stated" : "When it disables is not stated exactly"
            return .unstated(endpoint.name, "\(promise); \(figures), and \(saw).")
        }
    }
}
