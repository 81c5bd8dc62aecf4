import DeliveryEvidence
import WebhookContracts

/// What the dispatcher shows of how it took an attempt: by trying again or not, and by its log.
struct AttemptTreatment {
    /// Why it must have taken the attempt as delivered; `nil` when nothing shows it.
    var asDelivered: String?
    /// Why it must have taken the attempt as failed; `nil` when nothing shows it.
    var asFailed: String?

    init(of attempt: AttemptView, in delivery: Delivery, _ log: DeliveryLogIndex, _ context: JudgingContext) {
        switch log.outcome(of: attempt, in: delivery) {
        case .delivered?: asDelivered = "the log calls it delivered"
        case .failed?: asFailed = "the log calls it failed"
        case .open?, nil: break
        }
        switch context.course(after: attempt, in: delivery) {
        case .came(let next):
            // After a crash an attempt is repeated because nobody knows how it went.
            guard context.death(from: attempt.began, to: next.began) == nil else { break }
            let wait = next.began - (attempt.ended ?? attempt.began)
            asFailed = asFailed ?? "it was tried again after \(TimeText.of(wait))"
        case .missing(let due):
            guard isRetriedWheneverFailed(attempt, context) else { break }
            asDelivered = asDelivered ?? "no retry had come by \(context.text(due)), when one was due at the latest"
        case .open, .doubtful, .undated: break
        }
    }

    /// Says that whatever kind of failure the dispatcher took it for, another attempt had to follow.
    private func isRetriedWheneverFailed(_ attempt: AttemptView, _ context: JudgingContext) -> Bool {
        guard let fewest = context.promise.fewest, attempt.ordinal < fewest else { return false }
        if case .failure(let kind, let status) = attempt.receiverResult {
            return context.promise.retries(kind, status: status) == true
        }
        return context.promise.retries(.serverError) == true && context.promise.retries(.network) == true
    }
}
