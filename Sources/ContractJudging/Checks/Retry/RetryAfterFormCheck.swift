import DeliveryEvidence
import Notation
import WebhookContracts

/// Y8: `Retry-After` in all its forms, lawful and not.
enum RetryAfterFormCheck {
    static let check = Check(
        "retry.after-forms",
        codes: ["Y8"],
        title: "A Retry-After that is no plain number of seconds is taken as it should be.",
        asks: """
            A date that lies ahead and a wait beyond the cap put the next attempt off as far as promised; a date that is over, a \
            negative number and rubbish leave the usual schedule as it is. A fraction of a second may be ignored or rounded \
            up, unless the contract says which.
            """
    ) { context in
        context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard attempt.receiverResult.isFailure, let wish = context.wish(answeredTo: attempt),
                    isSpecial(wish, context), let ended = attempt.ended
                else { return nil }
                return judge(wish, attempt, ended, delivery, context)
            }
        }
    }

    /// Plain seconds have a check of their own, as long as no cap cuts them.
    private static func isSpecial(_ wish: RetryAfterWish, _ context: JudgingContext) -> Bool {
        guard wish.form == .seconds else { return true }
        let cap = context.contract.retry.retryAfterCap.value ?? .seconds(RetryAfterWish.longestMeant)
        return wish.wait > cap
    }

    private static func judge(
        _ wish: RetryAfterWish,
        _ attempt: AttemptView,
        _ ended: Stamp,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.retry.retryAfter
        let basis = (wish.form == .seconds ? context.contract.retry.retryAfterCap.basis : clause.basis)
        let what = "Retry-After was \(wish.text.quoted) (\(words(wish)))"
        switch context.course(after: attempt, in: delivery) {
        case .came(let next):
            guard context.death(from: attempt.began, to: next.began) == nil else { return nil }
            let subject = delivery.subject(next)
            let text = "\(what), and the next attempt came after \(TimeText.of(next.began - ended))"
            guard !clause.isUnstated else {
                return .unstated(subject, "\(text). What becomes of Retry-After is not stated.")
            }
            guard let window = window(wish, after: attempt, context) else {
                return .unstated(subject, "\(text). What follows such a header is not stated.")
            }
            return judge(
                text,
                from: origin(wish, attempt, ended, delivery, context),
                window,
                next,
                delivery,
                basis,
                context
            )
        case .missing(let due):
            guard !clause.isUnstated else { return nil }
            let text = "\(what), and no attempt had come by \(context.text(due)), when one was due at the latest."
            return .violated(delivery.subject(attempt), text, details: context.timeline(of: delivery), by: basis)
        case .doubtful(let why):
            guard !clause.isUnstated else { return nil }
            return .inconclusive(delivery.subject(attempt), "\(what), and no attempt came; but \(why).", by: basis)
        case .open, .undated: return nil
        }
    }

    private static func judge(
        _ text: String,
        from origin: Stamp,
        _ window: TimeWindow,
        _ next: AttemptView,
        _ delivery: Delivery,
        _ basis: Basis,
        _ context: JudgingContext
    ) -> Finding {
        let judged = context.judgeGap(from: origin, to: next.began, window: window)
        let least = TimeText.of(window.earliest)
        let promised = "\(least)..\(TimeText.of(window.latest)) is promised"
        return Finding(
            judged.outcome,
            delivery.subject(next),
            judged.outcome == .inconclusive ? "\(text): \(judged.sentence)." : "\(text); \(promised).",
            details: judged.outcome == .held ? [] : context.timeline(of: delivery),
            by: basis
        )
    }

    /// When the next attempt may come; `nil` when the contract leaves it open.
    private static func window(
        _ wish: RetryAfterWish,
        after attempt: AttemptView,
        _ context: JudgingContext
    ) -> TimeWindow? {
        if let delay = context.promise.delay(after: attempt.ordinal) {
            return context.window(after: attempt, scheduled: delay)
        }
        let least = wish.bounds(by: context.contract.retry).least
        guard least > .zero else { return nil }
        return TimeWindow(earliest: max(.zero, least - context.tolerance.early), latest: .seconds(36500 * 86400))
    }

    /// From when the window counts: a wish counts from the answer, a schedule from where the contract says.
    private static func origin(
        _ wish: RetryAfterWish,
        _ attempt: AttemptView,
        _ ended: Stamp,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Stamp {
        if wish.bounds(by: context.contract.retry).least > .zero { return ended }
        return context.promise.origin(of: attempt, in: delivery) ?? ended
    }

    private static func words(_ wish: RetryAfterWish) -> String {
        switch wish.form {
        case .seconds: "a very long wait"
        case .date: "a date \(TimeText.of(wish.wait)) ahead"
        case .pastDate: "a date that is over"
        case .fraction: "seconds with a fraction"
        case .rubbish: "no form of the header"
        }
    }
}
