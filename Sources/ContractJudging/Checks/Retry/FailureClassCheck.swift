import DeliveryEvidence
import WebhookContracts

/// Y4: which failures are tried again.
enum FailureClassCheck {
    static let check = Check(
        "retry.failure-classes",
        codes: ["Y4"],
        title: "Each kind of failure is tried again, or not, as the contract says.",
        asks: """
            While attempts are left, a failure of a kind that is tried again is followed by another attempt when one was due; \
            any other is not.
            """
    ) { context in
        let clause = context.contract.retry.failures
        // That nothing at all is tried again is the business of `retry.none`.
        guard !context.promise.isFireAndForget, !clause.isNone else { return [] }
        return context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt in
                guard case .failure(let kind, let status) = attempt.receiverResult else { return nil }
                if let most = context.promise.most, attempt.ordinal >= most { return nil }
                // A status of which more is said than of its class has a check of its own.
                if let status, context.promise.special(status) != nil { return nil }
                return judge(kind, attempt, delivery, context)
            }
        }
    }

    private static func judge(
        _ kind: FailureClass,
        _ attempt: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.retry.failures
        let subject = delivery.subject(attempt)
        let since = attempt.ended ?? attempt.began
        let course = context.course(after: attempt, in: delivery)
        if case .came(let next) = course {
            // After a crash, attempts are repeated for other reasons.
            guard context.death(from: attempt.began, to: next.began) == nil else { return nil }
            let wait = TimeText.of(next.began - since)
            switch context.promise.retries(kind) {
            case nil:
                let text = "Which failures are tried again is not stated; \(kind.rawValue) was, after \(wait)."
                return .unstated(subject, text)
            case true?: return .held(subject, "\(kind.rawValue) was tried again.", by: clause.basis)
            case false?:
                let text = "\(kind.rawValue) was tried again after \(wait), though it is not to be."
                return .violated(subject, text, details: context.timeline(of: delivery), by: clause.basis)
            }
        }
        if context.promise.retries(kind) == true { return notRetried(kind, course, subject, delivery, context) }
        switch context.silence(since: since) {
        case .notWatched: return nil
        case .doubtful(let why):
            if clause.isUnstated { return nil }
            return .inconclusive(subject, "\(kind.rawValue) was not tried again, but \(why).", by: clause.basis)
        case .proven(let watched):
            let span = TimeText.of(watched)
            if clause.isUnstated {
                let text = "Which failures are tried again is not stated; \(kind.rawValue) was not in \(span)."
                return .unstated(subject, text)
            }
            return .held(subject, "\(kind.rawValue) was not tried again in \(span).", by: clause.basis)
        }
    }

    /// A failure that is to be tried again, and no other attempt.
    private static func notRetried(
        _ kind: FailureClass,
        _ course: RetryCourse,
        _ subject: String,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.retry.failures.basis
        switch course {
        case .missing(let due):
            guard let fewest = context.promise.fewest, delivery.attempts.count < fewest else { return nil }
            let never = context.nothingEver(since: delivery.attempts.last?.began ?? due)
            return .violated(
                subject,
                "\(kind.rawValue) was not tried again by \(context.text(due)), when that was due at the latest\(never).",
                details: context.timeline(of: delivery),
                by: basis
            )
        case .doubtful(let why):
            return .inconclusive(subject, "\(kind.rawValue) was not seen to be tried again, but \(why).", by: basis)
        case .undated:
            let watched = TimeText.of(context.watched(from: delivery.attempts.last?.ended ?? context.observedEnd))
            return .unstated(subject, "When \(kind.rawValue) is tried again is not stated; it was not in \(watched).")
        case .came, .open: return nil
        }
    }
}
