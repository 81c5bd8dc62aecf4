import DeliveryEvidence
import Notation
import WebhookContracts

/// Y2: the waits between attempts.
enum GapCheck {
    static let check = Check(
        "retry.gaps",
        codes: ["Y2"],
        title: "A failed attempt is followed by the next one after the promised wait.",
        asks: """
            Each wait, counted from the end of the failed attempt or from the first attempt as the contract says, lies in the \
            window around the promised one.
            """
    ) { context in
        if context.contract.retry.delays.isUnstated { return UnstatedWaits.findings(in: context) }
        return context.deliveries.flatMap { delivery in
            zip(delivery.attempts, delivery.attempts.dropFirst()).compactMap { before, after in
                judge(before, after, delivery, context)
            }
        }
    }

    private static func judge(
        _ before: AttemptView,
        _ after: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.retry.delays
        guard isRetry(after, of: before, context), let ended = before.ended,
            let scheduled = context.promise.delay(after: before.ordinal)
        else { return nil }
        let subject = delivery.subject(after)
        let window = context.window(after: before, scheduled: scheduled)
        let judged = origins(ended, delivery, context).map { origin in
            (origin: origin, judgement: context.judgeGap(from: origin, to: after.began, window: window))
        }
        guard let best = judged.max(by: { rank($0.judgement.outcome) < rank($1.judgement.outcome) }) else { return nil }
        let from = context.contract.retry.countedFrom.value?.rawValue ?? RetryOrigin.previousFailure.rawValue
        let text = "The wait from the \(from) was \(best.judgement.sentence)."
        guard best.judgement.outcome != .held else { return .held(subject, text, by: clause.basis) }
        let since = best.origin == ended ? "after attempt \(before.ordinal) was over" : "after attempt 1 came"
        let gap = RetryGap(before: before, after: after, origin: best.origin, delivery: delivery, context: context)
        return Finding(
            best.judgement.outcome,
            subject,
            text,
            comparison: Comparison(
                after.began,
                in: context.judged(window, from: best.origin),
                from: best.origin,
                since
            ),
            nearest: best.judgement.outcome == .violated ? gap.explanations() : [],
            by: clause.basis
        )
    }

    /// Says that an attempt is a retry: what follows a success is none, and what follows a crash has checks of its own.
    static func isRetry(_ after: AttemptView, of before: AttemptView, _ context: JudgingContext) -> Bool {
        before.receiverResult.isFailure && context.death(from: before.began, to: after.began) == nil
    }

    /// From when the wait counts; from either where the contract does not say.
    static func origins(_ ended: Stamp, _ delivery: Delivery, _ context: JudgingContext) -> [Stamp] {
        guard let first = delivery.attempts.first?.began else { return [ended] }
        switch context.contract.retry.countedFrom.value {
        case .previousFailure?: return [ended]
        case .firstAttempt?: return [first]
        case nil: return [ended, first]
        }
    }

    /// How much better one reading of a wait is than another.
    static func rank(_ outcome: Outcome) -> Int {
        outcome == .held ? 2 : outcome == .inconclusive ? 1 : 0
    }
}
