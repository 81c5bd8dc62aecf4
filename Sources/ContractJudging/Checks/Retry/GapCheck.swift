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
        // What follows a success is no retry, and what follows a crash has checks of its own.
        guard before.receiverResult.isFailure, context.death(from: before.began, to: after.began) == nil else {
            return nil
        }
        let clause = context.contract.retry.delays
        let subject = delivery.subject(after)
        guard let ended = before.ended else { return nil }
        if clause.isUnstated {
            let wait = TimeText.of(after.began - ended)
            return .unstated(subject, "When a failed delivery is tried again is not stated; it was after \(wait).")
        }
        guard let scheduled = context.promise.delay(after: before.ordinal) else { return nil }
        let window = context.window(after: before, scheduled: scheduled)
        let judged = origins(ended, delivery, context).map {
            context.judgeGap(from: $0, to: after.began, window: window)
        }
        guard let best = judged.max(by: { rank($0.outcome) < rank($1.outcome) }) else { return nil }
        let from = context.contract.retry.countedFrom.value?.rawValue ?? RetryOrigin.previousFailure.rawValue
        let text = "The wait from the \(from) was \(best.sentence)."
        guard best.outcome != .held else { return .held(subject, text, by: clause.basis) }
        let gap = RetryGap(before: before, after: after, ended: ended, delivery: delivery)
        return Finding(
            best.outcome,
            subject,
            text,
            details: (best.outcome == .violated ? gap.explanations(context) : []) + context.timeline(of: delivery),
            by: clause.basis
        )
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

/// One wait between two attempts, and other readings of the promise that would make it right.
struct RetryGap {
    let before: AttemptView
    let after: AttemptView
    let ended: Stamp
    let delivery: Delivery

    /// The nearest explanations for a wait that is not the promised one.
    func explanations(_ context: JudgingContext) -> [String] {
        guard let delay = context.promise.delay(after: before.ordinal), let first = delivery.attempts.first else {
            return []
        }
        let fits = { (start: Stamp, nominal: Duration) in
            context.judgeGap(from: start, to: after.began, window: context.tolerance.window(around: nominal)).outcome
                == .held
        }
        var found: [String] = []
        if fits(before.began, delay) {
            found.append("it would be right if waits counted from the start of the attempt")
        }
        if before.ordinal > 1, fits(first.began, delay) {
            found.append("it would be right if waits counted from the first attempt")
        }
        if let other = context.promise.delay(after: before.ordinal + 1), other != delay, fits(ended, other) {
            found.append("it is the wait of the next step: the ladder is off by one")
        }
        if let other = context.promise.delay(after: before.ordinal - 1), other != delay, fits(ended, other) {
            found.append("it is the wait of the step before: the ladder is off by one")
        }
        for (name, nominal) in Self.slips(of: delay) where fits(ended, nominal) { found.append(name) }
        return found.map { "Nearest explanation: \($0)." }
    }

    private static func slips(of delay: Duration) -> [(String, Duration)] {
        [
            ("seconds were taken for milliseconds", delay / 1000),
            ("minutes were taken for seconds", delay / 60),
            ("milliseconds were taken for seconds", delay * 1000),
            ("seconds were taken for minutes", delay * 60),
        ].filter { $0.1 >= .milliseconds(1) && $0.1 <= .seconds(36500 * 86400) }
    }
}
