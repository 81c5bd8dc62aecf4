import DeliveryEvidence
import WebhookContracts

/// F6: a delivery that was given up shows as such.
enum ExhaustedCheck {
    static let check = Check(
        "exhausted.visible",
        codes: ["F6"],
        title: "A delivery that was given up is visible in the log, in its final state.",
        asks: "When every promised attempt has failed, the log has them all, and its last one is over and a failure."
    ) { context in
        let clause = context.contract.deliveryLog
        let log = DeliveryLogIndex(context)
        guard log.isAvailable, let most = context.promise.most else { return [] }
        return context.deliveries.compactMap { delivery in
            guard delivery.attempts.count == most, delivery.attempts.allSatisfy(\.receiverResult.isFailure),
                let records = log.records(of: delivery),
                context.death(from: delivery.emission.emitted.asked, to: context.observedEnd) == nil
            else { return nil }
            let last = records.flatMap(\.attempts).last
            let outcome = last.flatMap(log.outcome)
            if clause.isUnstated {
                let saw = outcome == .failed ? "it shows" : "it does not show"
                return .unstated(delivery.subject, "A delivery log is not promised; \(saw) the delivery as failed.")
            }
            guard clause.value != nil else { return nil }
            guard !records.isEmpty else {
                let text = "The delivery was given up after \(most) attempts, and the log has no record of it."
                return .violated(delivery.subject, text, by: clause.basis)
            }
            if let record = records.first(where: log.callsDelivered), let word = record.state, outcome == .failed {
                let text = "The delivery was given up, and the log says \(word.quoted)."
                return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: clause.basis)
            }
            if let state = LoggedState(of: delivery, log, context), !state.isGivenUp {
                let text = "The delivery was given up, and the log says \(state.word.quoted)."
                return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: clause.basis)
            }
            switch outcome {
            case .failed?:
                return .held(
                    delivery.subject,
                    "The log shows the delivery as failed after \(most) attempts.",
                    by: clause.basis
                )
            case .delivered?, .open?:
                let word = last?.outcome?.quoted ?? "no failure"
                let text = "The delivery was given up, and the log shows its last attempt as \(word)."
                return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: clause.basis)
            case nil:
                return .inconclusive(
                    delivery.subject,
                    "The log does not say how the last attempt ended.",
                    by: clause.basis
                )
            }
        }
    }
}
