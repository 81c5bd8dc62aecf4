import DeliveryEvidence
import WebhookContracts

/// Y12: retries after the endpoint was given another URL.
enum ChangedEndpointCheck {
    static let check = Check(
        "retry.changed-endpoint",
        codes: ["Y12"],
        title: "After an endpoint was given another URL, retries go to the old or the new one as promised.",
        asks: """
            Retries of deliveries that had begun before go where the contract says, and events that are handed over afterwards \
            go to the new URL. An attempt that may have been under way proves nothing.
            """
    ) { context in
        (context.deliveries + context.redelivered).flatMap { delivery -> [Finding] in
            guard let update = delivery.endpoint.updates.last(where: \.value.accepted),
                let new = RegisteredURL(update.value.url)?.target
            else { return [] }
            let settled = update.at + context.tolerance.limit + context.unrecordedStall
            let before = delivery.attempts.filter { $0.began < update.value.asked }
            return delivery.attempts.filter { $0.began > settled }.compactMap { attempt in
                let late = context.uncertainty(at: attempt.began)
                guard late.isNone || attempt.began - update.at > late.amount else { return nil }
                return judge(attempt, before.first, new, update, delivery, context)
            }
        }
    }

    private static func judge(
        _ attempt: AttemptView,
        _ first: AttemptView?,
        _ new: String,
        _ update: Timed<EndpointUpdated>,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.retry.changedEndpoint
        let subject = delivery.subject(attempt)
        let old = first?.arrived.target
        guard old != new else { return nil }
        let went = attempt.arrived.target.isSameBytes(as: new) ? "the new URL" : "another URL than the new one"
        let text = "The endpoint got another URL at \(context.text(update.at)), and the attempt went to \(went)"
        guard let old else {
            // What begins afterwards knows one URL only; an event that was on its way is neither.
            guard delivery.emission.emitted.asked > update.at, clause.value != nil else { return nil }
            return attempt.arrived.target.isSameBytes(as: new)
                ? .held(subject, "\(text).", by: clause.basis)
                : .violated(subject, "\(text), although the event is younger than the change.", by: clause.basis)
        }
        if clause.isUnstated {
            return .unstated(subject, "\(text). Where retries go after such a change is not stated.")
        }
        guard let rule = clause.value else { return nil }
        let wanted = rule == .old ? old : new
        if attempt.arrived.target.isSameBytes(as: wanted) { return .held(subject, "\(text).", by: clause.basis) }
        return .violated(subject, "\(text); the \(rule.rawValue) one is promised.", by: clause.basis)
    }
}
