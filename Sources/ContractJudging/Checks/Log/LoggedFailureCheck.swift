import DeliveryEvidence
import WebhookContracts

/// V5 and F6: a failure that nothing follows is not silent.
enum LoggedFailureCheck {
    static let check = Check(
        "log.failures-shown",
        codes: ["V5"],
        title: "A failed attempt is in the log as a failure.",
        asks: "Where a log is promised, every attempt that failed for sure is there, and is not called delivered."
    ) { context in
        let clause = context.contract.deliveryLog
        let log = DeliveryLogIndex(context)
        guard log.isAvailable else { return [] }
        return context.deliveries.flatMap { delivery -> [Finding] in
            guard let records = log.records(of: delivery) else { return [] }
            return delivery.attempts.compactMap { attempt in
                guard attempt.receiverResult.isFailure else { return nil }
                let subject = delivery.subject(attempt)
                let words = attempt.receiverResult.words
                let outcome = log.outcome(of: attempt, in: delivery)
                if clause.isUnstated {
                    return .unstated(subject, "A delivery log is not promised; \(words) is \(shown(outcome)) in it.")
                }
                guard clause.value != nil else { return nil }
                if records.isEmpty { return .violated(subject, "\(words) is nowhere in the log.", by: clause.basis) }
                switch outcome {
                case .failed?: return .held(subject, "\(words) is in the log as a failure.", by: clause.basis)
                case .delivered?: return .violated(subject, "The log calls \(words) delivered.", by: clause.basis)
                case .open?, nil: return nil
                }
            }
        }
    }

    private static func shown(_ outcome: LoggedOutcome?) -> String {
        switch outcome {
        case .failed?: "a failure"
        case .delivered?: "delivered"
        case .open?: "not over"
        case nil: "not told apart"
        }
    }
}
