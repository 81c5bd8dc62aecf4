import DeliveryEvidence
import WebhookContracts

/// Y5: a success ends the delivery.
enum StopOnSuccessCheck {
    static let check = Check(
        "retry.stops-on-success",
        codes: ["Y5"],
        title: "Nothing follows an attempt that was answered with success in time.",
        asks: """
            After an unambiguous success no further request of the delivery comes, whatever the guarantee; only a crash of \
            the dispatcher excuses one.
            """
    ) { context in
        context.deliveries.compactMap { judge($0.subject, $0.attempts, context) }
            + context.activations.compactMap { judge($0.subject, $0.attempts, context) }
    }

    private static func judge(_ subject: String, _ attempts: [AttemptView], _ context: JudgingContext) -> Finding? {
        guard let index = attempts.firstIndex(where: \.receiverResult.isSuccess) else {
            return doubtful(subject, attempts, context)
        }
        let success = attempts[index]
        let basis = context.contract.success.basis
        if let further = attempts.dropFirst(index + 1).first {
            guard context.death(from: success.began, to: further.began) == nil else { return nil }
            let wait = TimeText.of(further.began - (success.ended ?? success.began))
            var details = context.timeline(of: attempts)
            if context.contract.guarantee.value == .atLeastOnce {
                details.append("At-least-once delivery excuses a repetition after a doubt; here there was none.")
            }
            return .violated(
                subject,
                "Another request came \(wait) after \(success.receiverResult.words) at attempt \(success.ordinal).",
                details: details,
                by: basis
            )
        }
        switch context.silence(since: success.ended ?? success.began) {
        case .proven(let watched):
            return .held(subject, "After the success nothing more came in \(TimeText.of(watched)).", by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(subject, "After the success nothing more came, but \(why).", by: basis)
        }
    }

    /// A success that the dispatcher may not have seen in time because the clock went on without it.
    private static func doubtful(_ subject: String, _ attempts: [AttemptView], _ context: JudgingContext) -> Finding? {
        for attempt in attempts {
            guard case .ambiguous(let why) = attempt.receiverResult, let answered = attempt.receipt?.answerEnded,
                let status = attempt.receipt?.status, context.isSuccess(status),
                let limit = context.contract.limit(of: attempt.arrived).value?.total,
                !context.clockUncertainty(from: Stamp(nanoseconds: 0), to: answered + limit).isNone
            else { continue }
            let text = "Attempt \(attempt.ordinal) was answered with \(status), but what it came to is open: \(why)."
            return .inconclusive(subject, text, by: context.contract.success.basis)
        }
        return nil
    }
}
