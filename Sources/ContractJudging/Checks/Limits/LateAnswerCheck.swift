import DeliveryEvidence
import WebhookContracts

/// L4: an answer after the limit does not count.
enum LateAnswerCheck {
    static let check = Check(
        "limit.late-answer-is-failure",
        codes: ["L4"],
        title: "An answer that is not complete within the limit is a failure, whatever it says.",
        asks:
            "After a timeout the delivery is tried again where that is promised, and the log calls the attempt failed."
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard let reading = LimitReading(attempt, context), !reading.isCrossedByDeath,
                    case .failure(.timeout, _) = attempt.receiverResult
                else { return nil }
                // An attempt that was given up too soon is the business of `limit.kept`.
                let end = reading.cut ?? attempt.receipt?.answerEnded ?? context.observedEnd
                guard
                    end - reading.earliestOrigin >= reading.limit.total - context.tolerance.limit
                        - context.unrecordedStall
                else { return nil }
                let subject = delivery.subject(attempt)
                let treatment = AttemptTreatment(of: attempt, in: delivery, log, context)
                if let why = treatment.asDelivered {
                    let text =
                        "No answer was complete within the limit, and the attempt was taken as delivered: \(why)."
                    return .violated(subject, text, details: context.timeline(of: delivery), by: reading.basis)
                }
                guard let why = treatment.asFailed else { return nil }
                return .held(subject, "No answer was complete within the limit: \(why).", by: reading.basis)
            }
        }
    }
}
