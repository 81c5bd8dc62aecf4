import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Y7: what becomes of `Retry-After`.
enum RetryAfterCheck {
    static let check = Check(
        "retry.after",
        codes: ["Y7"],
        title: "A receiver's Retry-After is honoured, or ignored, as promised.",
        asks: """
            After an answer with a Retry-After in seconds, the next attempt does not come before them where the header is \
            honoured, and comes by the usual schedule where it is ignored.
            """
    ) { context in
        context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard attempt.receiverResult.isFailure, let seconds = seconds(answeredTo: attempt, context),
                    let ended = attempt.ended, let next = context.next(after: attempt, in: delivery),
                    context.death(from: attempt.began, to: next.began) == nil
                else { return nil }
                return judge(.seconds(seconds), ended, next, delivery, context)
            }
        }
    }

    /// The seconds that the script asked for (RFC 9110 section 10.2.3); `nil` when it did not, or with a date.
    static func seconds(answeredTo attempt: AttemptView, _ context: JudgingContext) -> Int? {
        guard let response = context.scriptedResponse(to: attempt),
            let header = response.headers.first(where: { $0.name.lowercased() == "retry-after" }),
            let seconds = Int(header.value), (0...31_536_000).contains(seconds)
        else { return nil }
        return seconds
    }

    private static func judge(
        _ asked: Duration,
        _ ended: Stamp,
        _ next: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.retry.retryAfter
        let subject = delivery.subject(next)
        let observed = next.began - ended
        let text = "Retry-After asked for \(TimeText.of(asked)); the next attempt came after \(TimeText.of(observed))"
        if clause.isUnstated {
            return .unstated(subject, "\(text). What becomes of Retry-After is not stated.")
        }
        guard let stated = clause.value else { return nil }
        // A contract that lists the forms it knows ignores the others.
        let rule = context.contract.retry.retryAfterForms.value?.contains(.seconds) == false ? .ignored : stated
        let window: TimeWindow
        switch rule {
        case .honoured:
            let asked = min(asked, context.contract.retry.retryAfterCap.value ?? asked)
            window = TimeWindow(earliest: max(.zero, asked - context.tolerance.early), latest: .seconds(36500 * 86400))
        case .ignored:
            guard let delay = context.promise.delay(after: next.ordinal - 1) else { return nil }
            window = context.window(of: delay)
        }
        let judged = context.judgeGap(from: ended, to: next.began, window: window)
        let promised = rule == .honoured ? "no sooner than asked is promised" : "the usual wait is promised"
        return Finding(
            judged.outcome,
            subject,
            judged.outcome == .inconclusive ? "\(text): \(judged.sentence)." : "\(text); \(promised).",
            comparison: Comparison(
                next.began,
                in: TimeWindow(earliest: window.earliest, latest: window.latest, nominal: window.nominal ?? asked),
                from: ended,
                "after attempt \(next.ordinal - 1) was over"
            ),
            by: clause.basis
        )
    }
}
