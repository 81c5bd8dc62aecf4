import DeliveryEvidence
import Notation
import WebhookContracts

/// Y1: as many attempts as promised, and no more.
enum AttemptCountCheck {
    static let check = Check(
        "retry.attempts",
        codes: ["Y1"],
        title: "A delivery that keeps failing is attempted as often as promised, and then left alone.",
        asks: """
            Never more attempts than the contract gives. Fewer count only when the next one was due before the observation \
            ended; the full number counts as held when it was watched long enough to see one too many.
            """
    ) { context in
        let clause = context.contract.retry.attempts
        let log = DeliveryLogIndex(context)
        return context.deliveries.compactMap { delivery in
            guard let last = delivery.attempts.last else { return nil }
            if clause.isUnstated { return unstated(delivery, last, context) }
            guard let most = context.promise.most else { return tooFew(delivery, last, log, context) }
            if delivery.attempts.count > most { return tooMany(delivery, most, context) }
            guard delivery.attempts.allSatisfy(\.receiverResult.isFailure) else { return nil }
            return delivery.attempts.count < most
                ? tooFew(delivery, last, log, context) : allMade(delivery, last, log, context)
        }
    }

    private static func unstated(_ delivery: Delivery, _ last: AttemptView, _ context: JudgingContext) -> Finding? {
        guard delivery.attempts.contains(where: \.receiverResult.isFailure) else { return nil }
        let watched = TimeText.of(context.watched(from: delivery.attempts.first?.began ?? last.began))
        return .unstated(
            delivery.subject,
            "How often a delivery is attempted is not stated; \(delivery.attempts.count) attempts came in \(watched)."
        )
    }

    private static func tooMany(_ delivery: Delivery, _ most: Int, _ context: JudgingContext) -> Finding {
        let basis = context.contract.retry.attempts.basis
        let count = delivery.attempts.count
        // Only a death between two attempts can be why the later one was made.
        let deaths = context.deaths.count { death in
            delivery.attempts.contains { $0.began <= death } && delivery.attempts.contains { death <= $0.began }
        }
        let comparison = comparison(count, context)
        let text = "\(count) attempts were made; at most \(most) are promised."
        if deaths > 0, count - most <= deaths {
            return .inconclusive(
                delivery.subject,
                "\(text) The dispatcher's process ended meanwhile.",
                comparison: comparison,
                by: basis
            )
        }
        let isRetryCount = count == most + 1 && delivery.attempts.allSatisfy(\.receiverResult.isFailure)
        let nearest: [NearestReading] =
            isRetryCount ? ["it looks as if retries were counted: \(most) of them followed the first attempt"] : []
        return .violated(delivery.subject, text, comparison: comparison, nearest: nearest, by: basis)
    }

    /// The numbers side by side.
    private static func comparison(_ count: Int, _ context: JudgingContext) -> Comparison {
        let promise = context.promise
        let promised = context.contract.retry.attempts.value?.text ?? "exactly 1"
        var observed = "\(count)"
        if let most = promise.most, count > most { observed += " → \(count - most) too many" }
        if let fewest = promise.fewest, count < fewest { observed += " → \(fewest - count) too few" }
        return Comparison(promised: "\(promised) attempts", observed: observed)
    }

    /// Fewer attempts than promised, all of them failures.
    private static func tooFew(
        _ delivery: Delivery,
        _ last: AttemptView,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        let promise = context.promise
        let basis = context.contract.retry.attempts.basis
        let count = delivery.attempts.count
        guard let fewest = promise.fewest, count < fewest, case .failure(let kind, let status) = last.receiverResult,
            promise.retries(kind, status: status) == true
        else { return nil }
        if let state = LoggedState(of: delivery, log, context), state.isGivenUp {
            return .violated(
                delivery.subject,
                "It was given up after \(count) of \(fewest) attempts: the log says \(state.word.quoted).",
                comparison: comparison(count, context),
                by: basis
            )
        }
        switch context.course(after: last, in: delivery) {
        case .missing(let due):
            let watched = TimeText.of(context.observedEnd - due)
            return .violated(
                delivery.subject,
                "It was given up after \(count) of \(fewest) attempts\(context.nothingEver(since: last.began)).",
                details: [
                    "Attempt \(count + 1) was due by \(context.text(due)) at the latest, and it was watched for \(watched) more."
                ],
                comparison: comparison(count, context),
                nearest: nearest(count, fewest),
                by: basis
            )
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "\(count) of \(fewest) attempts were seen, but \(why).", by: basis)
        case .came, .open, .undated: return nil
        }
    }

    private static func nearest(_ count: Int, _ fewest: Int) -> [NearestReading] {
        if count == fewest - 1 { return ["one attempt is missing: a loop that ends too early, or counts the event"] }
        return count == 1 ? ["nothing was tried again at all: was the failure taken for a success?"] : []
    }

    /// As many failures as there are attempts: one more must not come.
    private static func allMade(
        _ delivery: Delivery,
        _ last: AttemptView,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.retry.attempts.basis
        let count = delivery.attempts.count
        let window = context.window(of: context.promise.longestDelay)
        let needed = max(JudgingContext.patience, window.latest)
        let all = count == 1 ? "The only attempt was made" : "All \(count) attempts were made"
        if let state = LoggedState(of: delivery, log, context), !state.isGivenUp {
            let text = "\(all), and the log says \(state.word.quoted): there is more to come."
            return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: basis)
        }
        switch context.silence(since: last.ended ?? last.began, needed: needed) {
        case .proven(let watched):
            return .held(delivery.subject, "\(all), and no other in \(TimeText.of(watched)) after them.", by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "\(all), but \(why).", by: basis)
        }
    }
}

/// Y3: fire and forget.
enum NoRetryCheck {
    static let check = Check(
        "retry.none",
        codes: ["Y3"],
        title: "Where nothing is promised to be tried again, nothing is.",
        asks: "Whatever became of the first request, no second one of the same delivery follows."
    ) { context in
        let promise = context.promise
        guard promise.isFireAndForget else { return [] }
        let basis = promise.noneBasis
        let log = DeliveryLogIndex(context)
        return context.deliveries.compactMap { delivery in
            guard let first = delivery.attempts.first, let last = delivery.attempts.last,
                !first.receiverResult.isSuccess
            else { return nil }
            let words = first.receiverResult.words
            if delivery.attempts.count > 1 {
                // A crash between two requests is the business of `crash.at-most-once`.
                guard context.death(from: first.began, to: last.began) == nil else { return nil }
                let wait = TimeText.of(delivery.attempts[1].began - (first.ended ?? first.began))
                return .violated(
                    delivery.subject,
                    "It was tried again \(wait) after \(words); nothing is promised to be.",
                    details: context.timeline(of: delivery),
                    by: basis
                )
            }
            if let state = LoggedState(of: delivery, log, context), !state.isGivenUp {
                let text = "After \(words) the log says \(state.word.quoted), so that it will be tried again."
                return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: basis)
            }
            switch context.silence(since: first.ended ?? first.began) {
            case .proven(let watched):
                let text = "After \(words) nothing more came in \(TimeText.of(watched))."
                return .held(delivery.subject, text, by: basis)
            case .notWatched: return nil
            case .doubtful(let why):
                return .inconclusive(delivery.subject, "After \(words) nothing more came, but \(why).", by: basis)
            }
        }
    }
}
