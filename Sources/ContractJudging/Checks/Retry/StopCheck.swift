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
        guard let index = attempts.firstIndex(where: \.receiverResult.isSuccess) else { return nil }
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
}
