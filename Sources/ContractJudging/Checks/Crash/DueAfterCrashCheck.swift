import DeliveryEvidence
import Notation
import WebhookContracts

/// C3: a crash in the midst of a wait neither brings the retry forward nor puts it off.
enum DueAfterCrashCheck {
    static let check = Check(
        "crash.retry-when-due",
        codes: ["C3"],
        title: "A retry that is waited for while the dispatcher is killed comes when it was due.",
        asks: """
            Where the process ended during a promised wait, the next attempt lies in the window of that wait all the same; later \
            only when the dispatcher was not back by then.
            """
    ) { context in
        context.deliveries.flatMap { delivery in
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
        // A crash during the attempt itself is an interruption, of which other checks speak.
        guard before.receiverResult.isFailure, let ended = before.ended,
            context.death(from: before.began, to: ended) == nil,
            let death = context.death(from: ended, to: after.began)
        else { return nil }
        let clause = context.contract.retry.delays
        let subject = delivery.subject(after)
        if clause.isUnstated {
            return .unstated(
                subject,
                "After how long a failed delivery is tried again is not stated, nor after a crash."
            )
        }
        guard let scheduled = context.promise.delay(after: before.ordinal) else { return nil }
        let judged = GapCheck.origins(ended, delivery, context).map { origin in
            var window = context.window(after: before, scheduled: scheduled)
            if isBackTooLate(for: origin + window.latest, after: death, context) {
                window.latest = max(window.latest, after.began - origin)
            }
            return context.judgeGap(from: origin, to: after.began, window: window)
        }
        guard let best = judged.max(by: { GapCheck.rank($0.outcome) < GapCheck.rank($1.outcome) }) else { return nil }
        let text =
            "The dispatcher was ended at \(context.text(death)), in the midst of a wait that was \(best.sentence)."
        guard best.outcome != .held else { return .held(subject, text, by: clause.basis) }
        let origin = GapCheck.origins(ended, delivery, context)[0]
        let since = origin == ended ? "after attempt \(before.ordinal) was over" : "after attempt 1 came"
        let window = context.window(after: before, scheduled: scheduled)
        let fromRestart = context.history.lives.compactMap(\.ready).first { $0 >= death }.map { back in
            context.judgeGap(from: back, to: after.began, window: window).outcome == .held
        }
        return Finding(
            best.outcome,
            subject,
            text,
            comparison: Comparison(after.began, in: window, from: origin, since),
            nearest: best.outcome == .violated && fromRestart == true
                ? ["counted from the restart it would be right: the wait began anew"] : [],
            by: clause.basis
        )
    }

    /// Says that the dispatcher took requests again only after `due`, or never.
    private static func isBackTooLate(for due: Stamp, after death: Stamp, _ context: JudgingContext) -> Bool {
        let back = context.history.lives.compactMap(\.ready).first { $0 >= death }
        return back.map { $0 > due } ?? true
    }
}
