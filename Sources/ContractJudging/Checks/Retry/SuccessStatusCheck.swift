import DeliveryEvidence
import WebhookContracts

/// Y6: which statuses are a success.
enum SuccessStatusCheck {
    static let check = Check(
        "success.statuses",
        codes: ["Y6"],
        title: "The promised statuses count as delivered, and no others.",
        asks: "Each status is taken as the contract says, as far as the log or a retry, come or missing, shows it."
    ) { context in
        let clause = context.contract.success
        let log = DeliveryLogIndex(context)
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard let status = attempt.receiverResult.status else { return nil }
                let treatment = AttemptTreatment(of: attempt, in: delivery, log, context)
                let subject = delivery.subject(attempt)
                if clause.isUnstated {
                    guard let why = treatment.asDelivered ?? treatment.asFailed else { return nil }
                    return .unstated(subject, "Which statuses are a success is not stated; after \(status), \(why).")
                }
                guard let set = clause.value else { return nil }
                let isSuccess = set.contains(status)
                if let why = isSuccess ? treatment.asFailed : treatment.asDelivered {
                    let taken = isSuccess ? "a failure" : "a success"
                    let text = "\(status) was taken as \(taken): \(why)."
                    return .violated(subject, text, details: context.timeline(of: delivery), by: clause.basis)
                }
                guard let why = isSuccess ? treatment.asDelivered : treatment.asFailed else { return nil }
                return .held(
                    subject,
                    "\(status) was taken as a \(isSuccess ? "success" : "failure"): \(why).",
                    by: clause.basis
                )
            }
        }
    }
}
