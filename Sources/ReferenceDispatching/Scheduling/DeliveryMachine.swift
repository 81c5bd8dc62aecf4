package import FoundationEssentials
import WebhookContracts

/// Decides what follows an attempt.
///
/// It is told the time and never waits itself.
package struct DeliveryMachine: Sendable, Hashable {
    /// When failed deliveries are tried again.
    package let schedule: RetrySchedule
    /// When the delivery's first attempt began.
    package let firstStartedAt: Date
    /// How many attempts have ended.
    package private(set) var attempts: Int
    /// What a spread wait is drawn by, from 0 to 1.
    package let draw: Double

    /// Takes up a delivery of which `attempts` have ended already.
    package init(schedule: RetrySchedule, firstStartedAt: Date, attempts: Int = 0, draw: Double = 0.5) {
        self.draw = draw
        self.schedule = schedule
        self.firstStartedAt = firstStartedAt
        self.attempts = attempts
    }

    /// Says what follows the attempt that ended with `outcome` at `now`.
    package mutating func attemptFinished(_ outcome: AttemptOutcome, at now: Date) -> DeliveryAction {
        attempts += 1
        switch outcome {
        case .unsendable:
            return .giveUp(.failed, reason: "the request cannot be sent")
        case .answered(let status, _) where schedule.success.contains(status):
            return .succeeded
        case .answered(let status, _) where schedule.disabling.contains(status):
            return .disableEndpoint(reason: "the endpoint answered \(status)\(status == 410 ? " Gone" : "")")
        case .answered(let status, let retryAfter):
            let failure = FailureClass(status: status)
            if schedule.finalStatuses.contains(status) {
                return .giveUp(.failed, reason: "the contract does not retry \(status)")
            }
            let isRetried = schedule.retriedStatuses.contains(status) || schedule.failures.contains(failure)
            return next(
                after: failure,
                isRetried: isRetried,
                notBefore: asked(retryAfter, status: status, at: now),
                at: now
            )
        case .failed(let failure):
            return next(after: failure, isRetried: schedule.failures.contains(failure), notBefore: nil, at: now)
        }
    }

    private func next(
        after failure: FailureClass,
        isRetried: Bool,
        notBefore: Date?,
        at now: Date
    ) -> DeliveryAction {
        guard schedule.attempts > 1 else { return .giveUp(.failed, reason: "the contract gives one attempt") }
        guard isRetried else {
            return .giveUp(.failed, reason: "the contract does not retry this kind of failure (\(failure.rawValue))")
        }
        guard let delay = schedule.delay(afterAttempt: attempts) else {
            return .giveUp(.exhausted, reason: "all \(schedule.attempts) attempts failed")
        }
        // A wait counted from the first attempt can be over already; the attempt is then due at once.
        let origin = schedule.countedFrom == .previousFailure ? now : firstStartedAt
        let wait = schedule.spread(delay, by: draw)
        return .retry(at: max(origin.advanced(by: wait), notBefore ?? now, now))
    }

    /// When the receiver asked for the next attempt; nil when it did not, or may not.
    private func asked(_ retryAfter: String?, status: Int, at now: Date) -> Date? {
        guard schedule.honoursRetryAfter, status == 429 || status == 503, let retryAfter,
            let form = RetryAfter.form(of: retryAfter), schedule.retryAfterForms.contains(form)
        else { return nil }
        return RetryAfter(retryAfter)?.date(from: now, atMost: schedule.retryAfterCap)
    }
}

/// What follows an attempt.
package enum DeliveryAction: Sendable, Hashable {
    /// The delivery is done.
    case succeeded
    /// Another attempt is due at this time.
    case retry(at: Date)
    /// There is no further attempt.
    case giveUp(DeliveryState, reason: String)
    /// There is no further attempt, at this or any other delivery of the endpoint.
    case disableEndpoint(reason: String)
}

extension FailureClass {
    /// The class of a status that is not a success; what fits none of the named hundreds counts as a server's fault.
    package init(status: Int) {
        self =
            switch status {
            case 300..<400: .redirect
            case 400..<500: .clientError
            default: .serverError
            }
    }
}
