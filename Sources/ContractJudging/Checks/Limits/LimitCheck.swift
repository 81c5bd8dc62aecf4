import DeliveryEvidence
import WebhookContracts

/// L1, L2 and L3: the response limit is kept, however the answer is held back.
enum LimitCheck {
    static let kept = Check(
        "limit.kept",
        codes: ["L1"],
        title: "A receiver has exactly as long to answer as the contract says.",
        asks: """
            An answer just within the limit counts; without one, the dispatcher closes the connection at the limit: not \
            before it, counted from the opening of the connection at the earliest, and not much after it.
            """
    ) { context in
        judge(.silence, context) + judgedTreatments(context)
    }

    static let total = Check(
        "limit.total",
        codes: ["L2"],
        title: "The limit holds for the whole answer: a body that comes too slowly is cut off.",
        asks: "With the head in time and the body held back, the connection is closed at the limit all the same."
    ) { context in
        judge(.body, context)
    }

    static let head = Check(
        "limit.slow-head",
        codes: ["L3"],
        title: "A head that comes byte by byte is cut off at the limit.",
        asks: "Bytes that keep coming do not extend the limit."
    ) { context in
        judge(.head, context)
    }

    private static func judge(_ holding: LimitReading.Holding, _ context: JudgingContext) -> [Finding] {
        context.attempts.compactMap { attempt in
            guard LimitReading.holding(of: attempt, in: context) == holding else { return nil }
            // Who hangs up while a very large body comes may do so for its size.
            guard AwkwardAnswer(to: attempt, in: context).huge?.bytes == nil else { return nil }
            let subject = context.subject(of: attempt)
            if let reading = LimitReading(attempt, context) {
                return reading.isOfFirstAttempt ? nil : reading.judged(subject)
            }
            guard context.contract.responseLimit.isUnstated else { return nil }
            return unstated(attempt, subject, context)
        }
    }

    /// Only an attempt that was kept waiting for a while tells anything about a limit.
    private static func unstated(_ attempt: AttemptView, _ subject: String, _ context: JudgingContext) -> Finding? {
        let elapsed = (attempt.ended ?? context.observedEnd) - attempt.began
        guard elapsed >= .milliseconds(500), attempt.receiverResult != .failure(.network, status: nil) else {
            return nil
        }
        let isCut = attempt.receipt?.answerEnded == nil && attempt.ended != nil
        let saw = isCut ? "the attempt was given up after" : "the attempt was still waited for after"
        return .unstated(subject, "How long a receiver may take is not stated; \(saw) \(TimeText.of(elapsed)).")
    }

    /// An answer that came late but within the limit counts as it stands, and one that came after it does not.
    private static func judgedTreatments(_ context: JudgingContext) -> [Finding] {
        let log = DeliveryLogIndex(context)
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Finding? in
                guard let reading = LimitReading(attempt, context), !reading.isOfFirstAttempt,
                    let answered = attempt.receipt?.answerEnded,
                    answered - reading.origin >= reading.limit.total / 2, reading.cut == nil
                else { return nil }
                return judge(attempt, answered, delivery, reading, log)
            }
        }
    }

    private static func judge(
        _ attempt: AttemptView,
        _ answered: Stamp,
        _ delivery: Delivery,
        _ reading: LimitReading,
        _ log: DeliveryLogIndex
    ) -> Finding? {
        let treatment = AttemptTreatment(of: attempt, in: delivery, log, reading.context)
        let elapsed = TimeText.of(answered - reading.origin)
        let subject = delivery.subject(attempt)
        let details = reading.context.timeline(of: delivery)
        switch attempt.receiverResult {
        case .success:
            if let why = treatment.asFailed {
                let text = "The answer after \(elapsed) was within the limit and taken as a failure: \(why)."
                return .violated(subject, text, details: details, by: reading.basis)
            }
            guard let why = treatment.asDelivered else { return nil }
            return .held(subject, "The answer after \(elapsed) counted: \(why).", by: reading.basis)
        case .failure(.timeout, _):
            guard !reading.isCrossedByDeath, let why = treatment.asDelivered else { return nil }
            let text =
                "The answer after \(elapsed) was past the limit of \(TimeText.of(reading.limit.total)) and counted: \(why)."
            return .violated(subject, text, details: details, by: reading.basis)
        case .failure, .ambiguous: return nil
        }
    }
}
