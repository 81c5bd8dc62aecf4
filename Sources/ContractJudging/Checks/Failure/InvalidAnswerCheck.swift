import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// F5: what is no HTTP response is a failure, and harms nothing else.
enum InvalidAnswerCheck {
    static let check = Check(
        "failure.invalid-response",
        codes: ["F5"],
        title: "An answer that is no valid HTTP response is a failure, and the dispatcher lives through it.",
        asks: """
            After bytes that are not HTTP, no byte at all, a broken chunk or contradicting lengths, the delivery is tried \
            again where that is promised, the log calls it failed, and neither the dispatcher nor later events suffer.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        let struck = context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Struck? in
                guard attempt.receiverResult.isFailure, let what = AwkwardAnswer(to: attempt, in: context).invalid
                else { return nil }
                return Struck(attempt: attempt, delivery: delivery, what: what)
            }
        }
        guard !struck.isEmpty else { return [] }
        return struck.compactMap { treated($0, log, context) } + lived(struck, context) + later(struck, context)
    }

    /// An attempt that was answered so.
    private struct Struck {
        var attempt: AttemptView
        var delivery: Delivery
        var what: String
    }

    private static func treated(_ struck: Struck, _ log: DeliveryLogIndex, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.success.basis
        let subject = struck.delivery.subject(struck.attempt)
        let treatment = AttemptTreatment(of: struck.attempt, in: struck.delivery, log, context)
        if let why = treatment.asDelivered {
            let text = "Answered with \(struck.what), the attempt was taken as delivered: \(why)."
            return .violated(subject, text, details: context.timeline(of: struck.delivery), by: basis)
        }
        guard let why = treatment.asFailed else { return nil }
        return .held(subject, "Answered with \(struck.what), the attempt was taken as failed: \(why).", by: basis)
    }

    /// A process that ends by itself, with such an answer as the last thing it got, could not take it.
    private static func lived(_ struck: [Struck], _ context: JudgingContext) -> [Finding] {
        let basis = Basis(inferredBecause: "no answer of a receiver may end the program that serves all receivers")
        return context.history.lives.compactMap { life in
            guard let exited = life.exited, !exited.value.expected, life.signals.isEmpty else { return nil }
            let last = context.attempts.last { $0.began <= exited.at }
            guard let last, let cause = struck.first(where: { $0.attempt.number == last.number }) else { return nil }
            let wait = TimeText.of(exited.at - (last.ended ?? last.began))
            return .violated(
                cause.delivery.subject(last),
                "The dispatcher ended by itself (\(exited.value.status)) \(wait) after it was answered with \(cause.what).",
                by: basis
            )
        }
    }

    /// Events that were handed over after such an answer come to the same endpoint all the same.
    private static func later(_ struck: [Struck], _ context: JudgingContext) -> [Finding] {
        let answered = Dictionary(grouping: struck) { $0.delivery.endpoint.name }.mapValues { struck in
            LatestOther(
                struck.map { (at: $0.attempt.ended ?? $0.attempt.began, event: $0.delivery.emission.number, value: $0) }
            )
        }
        return context.deliveries.compactMap { delivery in
            let before = answered[delivery.endpoint.name]?.last(
                by: delivery.emission.emitted.asked,
                notOf: delivery.emission.number
            )
            guard let before, delivery.duty == .due else { return nil }
            guard delivery.attempts.isEmpty else {
                let text = "An event that was handed over after \(before.what) arrived."
                return .held(delivery.subject, text, by: context.contract.guarantee.basis)
            }
            guard case .overdue(let watched) = context.absence(of: delivery), !context.mayBeDisabled(delivery.endpoint),
                context.death(from: delivery.emission.emitted.asked, to: context.observedEnd) == nil
            else { return nil }
            return .violated(
                delivery.subject,
                "After \(before.what) at the same endpoint, the next event did not come in \(TimeText.of(watched)).",
                by: context.contract.guarantee.basis
            )
        }
    }
}
