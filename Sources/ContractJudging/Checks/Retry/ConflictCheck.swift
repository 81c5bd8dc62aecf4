import DeliveryEvidence
import Notation
import WebhookContracts

/// D6: a receiver that is still at work is asked again, and one that refuses for good is not.
enum ConflictCheck {
    /// What a receiver that keeps idempotency keys answers: still at work on the first request, or a key that was used
    /// for something else (draft-ietf-httpapi-idempotency-key-header, section 2.7).
    private static let told = [409, 422]

    static let check = Check(
        "retry.conflict",
        codes: ["D6"],
        title: "A receiver that is still at work (409) is asked again, and one that refuses for good (422) is not.",
        asks: """
            While attempts are left, a status that is to be tried again is followed by another attempt when one was due, and \
            one that is final is followed by none.
            """
    ) { context in
        guard !context.promise.isFireAndForget else { return [] }
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt in
                guard case .failure(_, let status?) = attempt.receiverResult else { return nil }
                if let most = context.promise.most, attempt.ordinal >= most { return nil }
                switch context.promise.special(status) {
                case true?: return retried(status, attempt, delivery, context)
                case false?: return final(status, attempt, delivery, context)
                case nil: return told.contains(status) ? unstated(status, attempt, delivery, context) : nil
                }
            }
        }
    }

    private static func retried(
        _ status: Int,
        _ attempt: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.retry.retriedStatuses.basis
        let subject = delivery.subject(attempt)
        switch context.course(after: attempt, in: delivery) {
        case .came(let next):
            guard context.death(from: attempt.began, to: next.began) == nil else { return nil }
            return .held(subject, "\(status) was tried again.", by: basis)
        case .missing(let due):
            guard let fewest = context.promise.fewest, delivery.attempts.count < fewest else { return nil }
            let never = context.nothingEver(since: attempt.began)
            let text = "\(status) was not tried again by \(context.text(due)), when that was due at the latest\(never)."
            return .violated(subject, text, details: context.timeline(of: delivery), by: basis)
        case .doubtful(let why):
            return .inconclusive(subject, "\(status) was not seen to be tried again, but \(why).", by: basis)
        case .open: return nil
        case .undated: return .unstated(subject, "When \(status) is tried again is not stated; it was not.")
        }
    }

    private static func final(
        _ status: Int,
        _ attempt: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.retry.finalStatuses.basis
        let subject = delivery.subject(attempt)
        let since = attempt.ended ?? attempt.began
        if let next = context.next(after: attempt, in: delivery) {
            guard context.death(from: attempt.began, to: next.began) == nil else { return nil }
            let text = "\(status) was tried again after \(TimeText.of(next.began - since)), though it is final."
            return .violated(subject, text, details: context.timeline(of: delivery), by: basis)
        }
        // Nothing is proven before the wait is over after which the dispatcher would have tried again.
        let wait = context.promise.delay(after: attempt.ordinal) ?? context.promise.longestDelay
        let needed = max(JudgingContext.patience, context.tolerance.window(around: wait).latest)
        switch context.silence(since: since, needed: needed) {
        case .notWatched: return nil
        case .doubtful(let why): return .inconclusive(subject, "\(status) was not tried again, but \(why).", by: basis)
        case .proven(let watched):
            return .held(subject, "\(status) was not tried again in \(TimeText.of(watched)).", by: basis)
        }
    }

    private static func unstated(
        _ status: Int,
        _ attempt: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let subject = delivery.subject(attempt)
        guard let next = context.next(after: attempt, in: delivery) else {
            let watched = TimeText.of(context.watched(from: attempt.ended ?? attempt.began))
            return .unstated(subject, "What follows \(status) is not stated; nothing did in \(watched).")
        }
        let wait = TimeText.of(next.began - (attempt.ended ?? attempt.began))
        return .unstated(subject, "What follows \(status) is not stated; it was tried again after \(wait).")
    }
}
