import DeliveryEvidence
import WebhookContracts

/// D5 and C2: what a crash makes the dispatcher send again carries the same key.
enum KeyAfterCrashCheck {
    static let extra = Check(
        "dedup.after-crash",
        codes: ["D5"],
        title: "What is delivered again because of a crash carries the key of the first delivery.",
        asks:
            "Where an answer had been given and the process ended, each further attempt has the same deduplication key."
    ) { context in
        judge(context) { attempt, death in attempt.receipt?.answerEnded.map { $0 <= death } ?? false }
    }

    static let resent = Check(
        "crash.resent-with-same-key",
        codes: ["C2"],
        title: "An attempt that a crash cut off is made again with the same key.",
        asks: """
            Where no answer had been given when the process was killed, another attempt follows the restart, and has the same \
            deduplication key.
            """
    ) { context in
        judge(context) { attempt, death in attempt.receipt?.answerEnded.map { $0 > death } ?? true }
            + forgotten(context)
    }

    /// Deliveries whose only attempt a crash cut off, and which nothing followed.
    private static func forgotten(_ context: JudgingContext) -> [Finding] {
        guard let guarantee = context.contract.guarantee.value, guarantee != .bestEffort else { return [] }
        let lives = context.history.lives
        return lives.flatMap { life -> [Finding] in
            let killed = life.signals.first { $0.value.signal == "KILL" && $0.at < context.observedEnd }?.at
            let ready = lives.first { $0.started.value.life > life.started.value.life }?.ready
            guard let killed, let ready, ready <= context.observedEnd else { return [] }
            return context.deliveries.compactMap { delivery in
                guard let last = delivery.attempts.last, last.began <= killed, case .ambiguous = last.receiverResult,
                    last.ended.map({ $0 >= killed }) ?? true,
                    !delivery.attempts.contains(where: \.receiverResult.isSuccess),
                    !delivery.endpoint.changes.contains(where: { $0.value.accepted && $0.at >= killed })
                else { return nil }
                return AcceptedSurvivesCheck.lost(delivery, delivery.attempts, killed, ready, context)
            }
        }
    }

    /// Judges the deliveries whose last attempt before a crash fits.
    private static func judge(_ context: JudgingContext, _ fits: (AttemptView, Stamp) -> Bool) -> [Finding] {
        let clause = context.contract.dedup
        return context.deliveries.compactMap { delivery -> Finding? in
            let death = context.deaths.first { death in
                delivery.attempts.contains { $0.began <= death } && delivery.attempts.contains { $0.began > death }
            }
            guard let death, let last = delivery.attempts.last(where: { $0.began <= death }), fits(last, death) else {
                return nil
            }
            let after = delivery.attempts.filter { $0.began > death }
            let count = after.count
            guard let reading = DedupReading(context.contract) else {
                guard clause.isUnstated else { return nil }
                let text = "By what receivers deduplicate is not stated; \(count) attempts followed the crash."
                return .unstated(delivery.subject, text)
            }
            guard let key = reading.whole(of: last) else { return nil }
            let odd = after.first { attempt in reading.whole(of: attempt).map { !$0.isSameBytes(as: key) } ?? true }
            guard let odd else {
                return .held(
                    delivery.subject,
                    "\(count) attempts after the crash carry the same key.",
                    by: clause.basis
                )
            }
            return .violated(
                delivery.subject(odd),
                "After the crash the key is \(reading.whole(of: odd)?.quoted ?? "missing"); it was \(key.quoted).",
                details: context.timeline(of: delivery),
                by: clause.basis
            )
        }
    }
}
