import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// F4: the status decides, not the words of the answer.
enum ErrorTextCheck {
    private static let words = ["error", "fail", "exception", "invalid"]

    static let check = Check(
        "success.body-ignored",
        codes: ["F4"],
        title: "An answer with a success status is a success, whatever its body says.",
        asks:
            "After such a status with words of failure in its body, nothing is tried again, and the log calls it delivered."
    ) { context in
        let clause = context.contract.success
        let log = DeliveryLogIndex(context)
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard case .success(let status) = attempt.receiverResult, saysError(attempt, context) else {
                    return nil
                }
                let subject = delivery.subject(attempt)
                let treatment = AttemptTreatment(of: attempt, in: delivery, log, context)
                if clause.isUnstated {
                    guard let why = treatment.asFailed ?? treatment.asDelivered else { return nil }
                    let text =
                        "Which answers are a success is not stated; after \(status) with words of failure, \(why)."
                    return .unstated(subject, text)
                }
                if let why = treatment.asFailed {
                    let text = "\(status) with words of failure in its body was taken as a failure: \(why)."
                    return .violated(subject, text, details: context.timeline(of: delivery), by: clause.basis)
                }
                guard let why = treatment.asDelivered else { return nil }
                return .held(subject, "\(status) with words of failure in its body counts: \(why).", by: clause.basis)
            }
        }
    }

    private static func saysError(_ attempt: AttemptView, _ context: JudgingContext) -> Bool {
        guard let response = context.scriptedResponse(to: attempt) else { return false }
        let body = response.body.lowercased()
        return words.contains { body.contains($0) }
    }
}
