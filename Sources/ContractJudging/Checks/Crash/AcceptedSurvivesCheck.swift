import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// C1 and C4: what the dispatcher accepted survives its end.
enum AcceptedSurvivesCheck {
    static let crash = Check(
        "crash.accepted-is-delivered",
        codes: ["C1"],
        title: "An event that was accepted before a crash is delivered after the restart.",
        asks: """
            Every event acknowledged before SIGKILL, and not delivered by then, has an attempt after the restart, unless the \
            contract lets events be missed.
            """
    ) { context in
        judge("KILL", context)
    }

    static let stop = Check(
        "stop.keeps-accepted",
        codes: ["C4"],
        title: "An event that was accepted before an orderly stop is delivered before it or after the restart.",
        asks: "Every event acknowledged before SIGTERM has an attempt before the end, or after the restart."
    ) { context in
        judge("TERM", context)
    }

    private static func judge(_ signal: String, _ context: JudgingContext) -> [Finding] {
        let lives = context.history.lives
        return lives.flatMap { life -> [Finding] in
            let at = life.signals.first { $0.value.signal == signal && $0.at < context.observedEnd }?.at
            // A TERM that had to be followed by a KILL is a crash as far as promises go.
            let wasKilled = signal == "TERM" && life.signals.contains { $0.value.signal == "KILL" }
            guard let at, !wasKilled else { return [] }
            let next = lives.first { $0.started.value.life > life.started.value.life }
            return context.deliveries.compactMap { judge($0, signalled: at, ready: next?.ready, context) }
        }
    }

    private static func judge(
        _ delivery: Delivery,
        signalled: Stamp,
        ready: Stamp?,
        _ context: JudgingContext
    ) -> Finding? {
        guard ArrivalCheck.isOwed(delivery), delivery.emission.at <= signalled else { return nil }
        let before = delivery.attempts.filter { $0.began <= signalled }
        guard !before.contains(where: { isTaken($0, context) }) else { return nil }
        let guarantee = context.contract.guarantee
        if guarantee.isUnstated {
            let saw =
                delivery.attempts.count > before.count ? "came after the restart" : "did not come after the restart"
            return .unstated(delivery.subject, "How hard the provider tries is not stated; the event \(saw).")
        }
        guard let value = guarantee.value, value != .bestEffort else { return nil }
        if let after = delivery.attempts.first(where: { $0.began > signalled }) {
            let wait = TimeText.of(after.began - signalled)
            return .held(
                delivery.subject,
                "The event came \(wait) after the dispatcher was ended.",
                by: guarantee.basis
            )
        }
        guard let ready, ready <= context.observedEnd else { return nil }
        guard !delivery.endpoint.changes.contains(where: { $0.value.accepted && $0.at >= signalled }) else {
            return nil
        }
        return lost(delivery, before, signalled, ready, context)
    }

    /// Says that the receiver took the event: a whole answer of success was sent, even if nobody knows whether the
    /// dispatcher lived to read it.
    private static func isTaken(_ attempt: AttemptView, _ context: JudgingContext) -> Bool {
        if attempt.receiverResult.isSuccess { return true }
        guard case .ambiguous = attempt.receiverResult, attempt.receipt?.answerEnded != nil,
            let status = attempt.receipt?.status
        else { return false }
        return context.isSuccess(status)
    }

    /// Nothing came after the restart: whether it had to, and whether anybody looked.
    static func lost(
        _ delivery: Delivery,
        _ before: [AttemptView],
        _ signalled: Stamp,
        _ ready: Stamp,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.guarantee.basis
        var due = ready
        if let last = before.last {
            // A contract that gives no more attempts is done with the event, and one that gives no time owes none yet.
            if let most = context.promise.most, before.count >= most { return nil }
            if case .failure(let kind, let status) = last.receiverResult {
                guard context.promise.retries(kind, status: status) != false else { return nil }
                guard let latest = context.latest(after: last, in: delivery) else {
                    return nil
                }
                due = max(ready, latest)
            }
        }
        // Right after a start there is more to do than at other times.
        let needed = (context.contract.latency.value ?? .zero) + JudgingContext.patience * 2
        let text =
            "The event was accepted at \(context.text(delivery.emission.at)), the dispatcher ended at"
            + " \(context.text(signalled))"
        if due > context.observedEnd, context.isObservationComplete { return nil }
        switch context.silence(since: due, needed: needed) {
        case .proven(let watched):
            let never = context.nothingEver(since: ready)
            return .violated(
                delivery.subject,
                "An accepted event was lost: nothing came in \(TimeText.of(watched)) after the restart\(never).",
                details: ["\(text) and was ready again at \(context.text(ready))."] + context.timeline(of: delivery),
                by: basis
            )
        case .notWatched(let watched):
            return .inconclusive(
                delivery.subject,
                "Nothing came in \(TimeText.of(watched)) after the restart; it may take \(TimeText.of(needed)).",
                by: basis
            )
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "Nothing came after the restart, but \(why).", by: basis)
        }
    }
}
