import DeliveryEvidence
import WebhookContracts

/// D8: one endpoint's failure is not another's repetition.
enum OnlyFailingEndpointCheck {
    static let check = Check(
        "retry.only-the-failing-endpoint",
        codes: ["D8"],
        title: "Only the endpoint that failed gets an event again.",
        asks: "When an event is tried again at one endpoint, endpoints that took it at once get no second request."
    ) { context in
        Dictionary(grouping: context.deliveries) { $0.emission.number }.sorted { $0.key < $1.key }.flatMap { _, group in
            judge(group, context)
        }
    }

    private static func judge(_ group: [Delivery], _ context: JudgingContext) -> [Finding] {
        let retried = group.first { $0.attempts.count > 1 && $0.attempts[0].receiverResult.isFailure }
        guard let retried, let again = retried.attempts.dropFirst().first else { return [] }
        let basis = context.contract.success.basis
        return group.compactMap { delivery in
            guard let first = delivery.attempts.first, first.receiverResult.isSuccess,
                context.death(from: first.began, to: context.observedEnd) == nil
            else { return nil }
            let further = delivery.attempts.dropFirst()
            guard further.isEmpty else {
                return .violated(
                    delivery.subject,
                    "The event came \(delivery.attempts.count) times, although only \(retried.endpoint.name) had failed.",
                    details: context.timeline(of: delivery) + context.timeline(of: retried),
                    by: basis
                )
            }
            guard again.began <= context.observedEnd else { return nil }
            let text = "\(retried.endpoint.name) got the event again, and \(delivery.endpoint.name) did not."
            return .held(delivery.subject, text, by: basis)
        }
    }
}
