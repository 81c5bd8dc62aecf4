import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// V6: the delivery log survives what receivers answer.
enum AwkwardAnswerLogCheck {
    static let check = Check(
        "log.awkward-answers",
        codes: ["V6"],
        title: "The delivery log can be read, and has every attempt, whatever receivers answered.",
        asks: """
            After packed, binary or very large answers the log is given and has a record of each attempt, which is over, \
            with the status that was sent.
            """
    ) { context in
        let clause = context.contract.deliveryLog
        let log = DeliveryLogIndex(context)
        let answered = context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Answered? in
                let answer = AwkwardAnswer(to: attempt, in: context)
                guard let what = answer.unreadable, attempt.ended != nil else { return nil }
                return Answered(attempt: attempt, delivery: delivery, what: what)
            }
        }
        guard let first = answered.first else { return [] }
        guard log.isAvailable else { return clause.value == nil ? [] : [notGiven(first, log, context)] }
        return answered.compactMap { answer in
            if clause.isUnstated {
                let saw = log.entry(of: answer.attempt, in: answer.delivery) == nil ? "it has none" : "it has one"
                return .unstated(
                    answer.delivery.subject(answer.attempt),
                    "A log is not promised; of an attempt answered with \(answer.what) \(saw)."
                )
            }
            return clause.value == nil ? nil : judge(answer, log, context)
        }
    }

    /// An attempt that was answered so.
    private struct Answered {
        var attempt: AttemptView
        var delivery: Delivery
        var what: String
    }

    private static func notGiven(_ first: Answered, _ log: DeliveryLogIndex, _ context: JudgingContext) -> Finding {
        let basis = context.contract.deliveryLog.basis
        let text = "After an answer with \(first.what) the delivery log was not given: \(log.obstacle)."
        // Only a log that answers, and with something that is none, was harmed for sure.
        guard context.history.deliveryLog?.isUnreadable == true else {
            return .inconclusive(nil, text, by: basis)
        }
        return .violated(nil, text, by: basis)
    }

    private static func judge(_ answer: Answered, _ log: DeliveryLogIndex, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.deliveryLog.basis
        let subject = answer.delivery.subject(answer.attempt)
        guard !log.isShared(answer.delivery), let records = log.records(of: answer.delivery) else { return nil }
        let entries = records.flatMap(\.attempts)
        let count = answer.delivery.attempts.count
        let how = "Answered with \(answer.what)"
        guard entries.count >= count else {
            let text = "\(how), the attempt is missing in the log: it has \(entries.count) of \(count)."
            guard context.death(from: answer.attempt.began, to: context.observedEnd) == nil else {
                return .inconclusive(subject, "\(text) The process ended meanwhile.", by: basis)
            }
            return .violated(subject, text, details: context.timeline(of: answer.delivery), by: basis)
        }
        guard let entry = log.entry(of: answer.attempt, in: answer.delivery) else { return nil }
        if log.outcome(of: entry) == .open {
            guard context.death(from: answer.attempt.began, to: context.observedEnd) == nil else { return nil }
            let watched = context.watched(from: answer.attempt.ended ?? context.observedEnd)
            let doubt = context.uncertainty(from: answer.attempt.began, to: context.observedEnd)
            guard watched - doubt.amount >= JudgingContext.patience else { return nil }
            return .violated(subject, "\(how), the attempt is not over in the log.", by: basis)
        }
        if let status = answer.attempt.receiverResult.status, let shown = entry.responseCode, shown != status {
            return .violated(subject, "\(how) and \(status), the attempt is logged with \(shown).", by: basis)
        }
        return .held(subject, "\(how), the attempt is in the log.", by: basis)
    }
}
