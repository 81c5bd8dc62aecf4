import DeliveryEvidence
import WebhookContracts

/// T7: an attempt without an answer has failed.
enum NoAnswerCheck {
    static let check = Check(
        "failure.no-answer-is-failure",
        codes: ["T7"],
        title: "An attempt whose connection breaks before the answer is complete has failed.",
        asks:
            "After a reset or a close, the delivery is tried again where that is promised, and the log calls it failed."
    ) { context in
        let log = DeliveryLogIndex(context)
        let basis = context.contract.success.basis
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard case .failure(.network, _) = attempt.receiverResult else { return nil }
                let subject = delivery.subject(attempt)
                let asked = attempt.receipt?.asked ?? "no answer"
                let treatment = AttemptTreatment(of: attempt, in: delivery, log, context)
                if let why = treatment.asDelivered {
                    let text = "After \(asked) the attempt was taken as delivered: \(why)."
                    return .violated(subject, text, details: context.timeline(of: delivery), by: basis)
                }
                guard let why = treatment.asFailed else { return nil }
                return .held(subject, "After \(asked) the attempt was taken as failed: \(why).", by: basis)
            }
        }
    }
}
