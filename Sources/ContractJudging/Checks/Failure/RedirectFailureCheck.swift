import DeliveryEvidence
import WebhookContracts

/// F2 and F3: a redirect is a failed attempt.
enum RedirectFailureCheck {
    static let withoutLocation = Check(
        "redirect.without-location-fails",
        codes: ["F2"],
        title: "A 3xx answer without a Location is a failure.",
        asks:
            "After such an answer, 304 included, the attempt is tried again where promised, and the log calls it failed."
    ) { context in
        judge(context) { RedirectCheck.location(answeredTo: $0, context) == nil }
    }

    static let notDelivered = Check(
        "redirect.not-logged-as-delivered",
        codes: ["F3"],
        title: "A redirect is not taken as delivered.",
        asks:
            "After a 3xx answer with a Location, the attempt is tried again where promised, and the log calls it failed."
    ) { context in
        judge(context) { RedirectCheck.location(answeredTo: $0, context) != nil }
    }

    private static func judge(_ context: JudgingContext, _ fits: (AttemptView) -> Bool) -> [Finding] {
        let log = DeliveryLogIndex(context)
        let basis = context.contract.success.basis
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard case .failure(.redirect, let status?) = attempt.receiverResult, fits(attempt) else { return nil }
                let treatment = AttemptTreatment(of: attempt, in: delivery, log, context)
                let subject = delivery.subject(attempt)
                if context.contract.success.isUnstated {
                    guard let why = treatment.asDelivered ?? treatment.asFailed else { return nil }
                    return .unstated(subject, "Which statuses are a success is not stated; after \(status), \(why).")
                }
                if let why = treatment.asDelivered {
                    let text = "\(status) was taken as delivered: \(why)."
                    return .violated(subject, text, details: context.timeline(of: delivery), by: basis)
                }
                guard let why = treatment.asFailed else { return nil }
                return .held(subject, "\(status) was taken as a failure: \(why).", by: basis)
            }
        }
    }
}
