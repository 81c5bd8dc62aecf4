import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// T8: an answer that comes before the request was read counts.
enum EarlyAnswerCheck {
    static let check = Check(
        "failure.early-answer",
        codes: ["T8"],
        title: "An answer that comes while the body is still being sent counts as the answer.",
        asks: """
            Answered before its body was read, an attempt is over: the log shows that status, and the dispatcher neither goes \
            on sending until its limit nor takes the attempt for one without an answer.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { judge($0, delivery, log, context) }
        }
    }

    private static func judge(
        _ attempt: AttemptView,
        _ delivery: Delivery,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        guard let response = context.scriptedResponse(to: attempt), response.early,
            let receipt = attempt.receipt, let status = receipt.status, let answered = receipt.answerEnded,
            // A body that was there as soon as its head leaves nothing to interrupt.
            attempt.arrived.bodyEnd.map({ answered < $0 }) ?? true,
            context.death(from: attempt.began, to: answered) == nil
        else { return nil }
        let clause = context.contract.success
        let subject = delivery.subject(attempt)
        guard let seen = seen(attempt, delivery, status, answered, log, context) else { return nil }
        if clause.isUnstated {
            return .unstated(subject, "Which answers count is not stated; after an early \(status), \(seen.what).")
        }
        switch seen.counts {
        case true?: return .held(subject, "The early \(status) counted: \(seen.what).", by: clause.basis)
        case false?: return .violated(subject, "The early \(status) did not count: \(seen.what).", by: clause.basis)
        case nil:
            return .inconclusive(
                subject,
                "Whether the early \(status) counted is open: \(seen.what).",
                by: clause.basis
            )
        }
    }

    /// What the dispatcher shows of how it took the answer: its log, the end of its sending, or its treatment of the attempt.
    private static func seen(
        _ attempt: AttemptView,
        _ delivery: Delivery,
        _ status: Int,
        _ answered: Stamp,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> (counts: Bool?, what: String)? {
        let entry = log.entry(of: attempt, in: delivery)
        if entry?.error != nil, let late = lateness(after: attempt, answered, delivery, context) {
            // A status beside an error tells what came; the wait tells how long nobody looked at it.
            return late
        }
        if let entry, let outcome = log.outcome(of: entry), outcome != .open {
            if let code = entry.responseCode { return (code == status, "the log shows \(code)") }
            let word = entry.error ?? entry.outcome ?? "no status"
            let isStated = context.contract.deliveryLog.value?.attempt.contains(.responseCode) ?? false
            // A log that never shows statuses proves nothing by not showing this one.
            if isStated || showsStatuses(log) { return (false, "the log shows no status (\(word.quoted))") }
        }
        if let sent = overrun(attempt, answered, context) { return sent }
        let treatment = AttemptTreatment(of: attempt, in: delivery, log, context)
        switch attempt.receiverResult {
        case .success:
            return treatment.asFailed.map { (false, $0) } ?? treatment.asDelivered.map { (true, $0) }
        case .failure:
            return treatment.asDelivered.map { (false, $0) } ?? treatment.asFailed.map { (true, $0) }
        case .ambiguous: return nil
        }
    }

    private static func showsStatuses(_ log: DeliveryLogIndex) -> Bool {
        log.rows.contains { $0.attempts.contains { $0.responseCode != nil } }
    }

    /// Where the log has an error and the retry comes as if the attempt had lasted much longer, the answer was not looked at.
    private static func lateness(
        after attempt: AttemptView,
        _ answered: Stamp,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> (counts: Bool?, what: String)? {
        guard let limit = context.contract.responseLimit.value?.total,
            let delay = context.promise.delay(after: attempt.ordinal),
            let next = context.next(after: attempt, in: delivery),
            context.contract.retry.countedFrom.value != .firstAttempt,
            context.death(from: attempt.began, to: next.began) == nil
        else { return nil }
        let most = context.window(after: attempt, scheduled: delay).latest
        let late = next.began - answered - most
        guard late >= limit / 2 else { return nil }
        let doubt = context.uncertainty(from: answered, to: next.began)
        let what = "the log has an error, and the next attempt came \(TimeText.of(late)) late"
        return late - doubt.amount >= limit / 2 ? (false, what) : (nil, "\(what), but \(doubt.why)")
    }

    /// A dispatcher that is cut off by its own limit after the answer was there had not looked at it.
    private static func overrun(
        _ attempt: AttemptView,
        _ answered: Stamp,
        _ context: JudgingContext
    ) -> (counts: Bool?, what: String)? {
        guard let closing = attempt.receipt?.closing ?? attempt.connectionClosing, closing.by == .dispatcher,
            attempt.arrived.bodyEnd == nil, let limit = context.contract.responseLimit.value?.total,
            // Who reads slowly sees the end of the connection late.
            context.scriptedResponse(to: attempt)?.slowRead == nil,
            closing.at - attempt.began >= limit - context.tolerance.limit, closing.at - answered >= limit / 2
        else { return nil }
        let doubt = context.uncertainty(from: answered, to: closing.at)
        let what = "it went on sending for \(TimeText.of(closing.at - answered)), to its limit"
        guard doubt.amount < limit / 2 else { return (nil, "\(what), but \(doubt.why)") }
        return (false, what)
    }
}
