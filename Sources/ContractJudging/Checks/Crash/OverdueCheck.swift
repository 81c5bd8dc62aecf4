import DeliveryEvidence
import Notation
import WebhookContracts

/// C6: what fell due while nobody was there is made up for.
enum OverdueCheck {
    static let check = Check(
        "crash.overdue",
        codes: ["C6"],
        title: "Every retry that fell due while the dispatcher was down is made when it is back.",
        asks: """
            Of the deliveries whose next attempt fell due between the end of the dispatcher and its return, however many, each \
            has an attempt after the return.
            """
    ) { context in
        let lives = context.history.lives
        return lives.compactMap { life -> Finding? in
            guard let ended = life.exited?.at ?? life.signals.first(where: { $0.value.signal == "KILL" })?.at,
                let ready = lives.first(where: { $0.started.value.life > life.started.value.life })?.ready,
                ready <= context.observedEnd
            else { return nil }
            return judge(from: ended, to: ready, context)
        }
    }

    private static func judge(from ended: Stamp, to ready: Stamp, _ context: JudgingContext) -> Finding? {
        let delays = context.contract.retry.delays
        let failing = context.deliveries.filter { isFailing($0, before: ended, context) }
        if delays.isUnstated {
            guard !failing.isEmpty else { return nil }
            let came = failing.count { delivery in delivery.attempts.contains { $0.began > ready } }
            let text = "\(came) of \(failing.count) deliveries that had failed were tried again after the restart"
            return .unstated(nil, "When a failed delivery is tried again is not stated; \(text).")
        }
        let overdue = failing.filter { delivery in
            guard let last = delivery.attempts.last(where: { $0.began <= ended }),
                let delay = context.promise.delay(after: last.ordinal),
                let origin = context.promise.origin(of: last, in: delivery)
            else { return false }
            return origin + context.window(after: last, scheduled: delay).latest <= ready
        }
        guard !overdue.isEmpty else { return nil }
        let missing = overdue.filter { delivery in !delivery.attempts.contains { $0.began > ended } }
        let away = "\(overdue.count) retries fell due while the dispatcher was down (\(TimeText.of(ready - ended)))"
        guard !missing.isEmpty else {
            return .held(nil, "\(away), and each was made after its return.", by: delays.basis)
        }
        return judge(missing, away, since: ready, context)
    }

    /// Deliveries that nothing came of after the return.
    private static func judge(
        _ missing: [Delivery],
        _ away: String,
        since ready: Stamp,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.retry.delays.basis
        let names = missing.prefix(5).map(\.subject).joined(separator: ", ")
        let text = "\(away), and \(missing.count) of them were not made after its return (\(names))"
        // An endpoint that keeps attempts open, or takes them at a pace, has the others wait.
        if missing.contains(where: { isHeldUp($0.endpoint, since: ready, context) }) {
            return .inconclusive(nil, "\(text), when attempts at the same endpoint hung.", by: basis)
        }
        var needed = (context.contract.latency.value ?? .zero) + JudgingContext.patience * 2
        if let rate = context.contract.endpoint.rate.value {
            let waiting = context.deliveries.count + missing.count
            needed += rate.window * (waiting / rate.count + 1)
        }
        switch context.silence(since: ready, needed: needed) {
        case .proven(let watched):
            let never = context.nothingEver(since: ready)
            return .violated(
                nil,
                "\(text), in \(TimeText.of(watched))\(never).",
                details: context.timeline(of: missing[0]),
                by: basis
            )
        case .notWatched(let watched):
            let words = "\(text); it was watched for \(TimeText.of(watched)), and it may take \(TimeText.of(needed))."
            return .inconclusive(nil, words, by: basis)
        case .doubtful(let why): return .inconclusive(nil, "\(text), but \(why).", by: basis)
        }
    }

    /// Says that a delivery had failed in a way that is tried again, had attempts left, and had to go on after the end.
    private static func isFailing(_ delivery: Delivery, before ended: Stamp, _ context: JudgingContext) -> Bool {
        let before = delivery.attempts.filter { $0.began <= ended }
        guard delivery.duty == .due, let last = before.last, let over = last.ended, over < ended,
            case .failure(let kind, _) = last.receiverResult, context.promise.retries(kind) == true,
            context.promise.most.map({ before.count < $0 }) ?? true, !context.mayBeDisabled(delivery.endpoint),
            !delivery.endpoint.changes.contains(where: { $0.value.accepted && $0.at >= last.began })
        else { return false }
        // One that was given up in its last moments before the end cannot be told from one that was about to be noted.
        return over + JudgingContext.patience <= ended || context.contract.guarantee.value != .bestEffort
    }

    private static func isHeldUp(_ endpoint: EndpointView, since ready: Stamp, _ context: JudgingContext) -> Bool {
        context.attempts.contains { attempt in
            attempt.arrived.endpoint == endpoint.name && attempt.began > ready
                && (attempt.ended ?? context.observedEnd) - attempt.began >= JudgingContext.patience
        }
    }
}
