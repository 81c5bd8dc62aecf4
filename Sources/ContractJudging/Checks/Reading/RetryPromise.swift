import DeliveryEvidence
import Notation
import WebhookContracts

/// What the contract promises to follow a failed attempt.
///
/// A class, because checks hold it for each delivery and a contract is large.
final class RetryPromise: Sendable {
    let contract: Contract

    init(contract: Contract) {
        self.contract = contract
    }

    /// The most attempts a delivery has; `nil` when the contract sets no end.
    var most: Int? {
        if contract.retry.attempts.isNone { return 1 }
        return contract.retry.attempts.value?.highest ?? (isFireAndForget ? 1 : nil)
    }

    /// The fewest attempts of a delivery that never succeeds; `nil` when none are promised.
    var fewest: Int? { contract.retry.attempts.value?.lowest }

    /// Says that nothing is ever tried again.
    var isFireAndForget: Bool {
        let retry = contract.retry
        if retry.attempts.isNone || retry.attempts.value?.highest == 1 { return true }
        return retry.attempts.value == nil && (retry.delays.isNone || retry.failures.isNone)
    }

    /// The clause that says that nothing is tried again.
    var noneBasis: Basis {
        let retry = contract.retry
        if !retry.attempts.isUnstated { return retry.attempts.basis }
        return retry.delays.isNone ? retry.delays.basis : retry.failures.basis
    }

    /// Says whether a failure is tried again while attempts are left; `nil` when the contract does not say.
    ///
    /// - Parameter status: the answer's status, of which the contract may say something else than of its class.
    func retries(_ failure: FailureClass, status: Int? = nil) -> Bool? {
        if isFireAndForget { return false }
        if let status, let special = special(status) { return special }
        return contract.retry.failures.isNone ? false : contract.retry.failures.value?.contains(failure)
    }

    /// What the contract says of this one status, whatever its class: whether it is tried again; `nil` for nothing.
    func special(_ status: Int) -> Bool? {
        if contract.retry.finalStatuses.value?.contains(status) == true { return false }
        return contract.retry.retriedStatuses.value?.contains(status) == true ? true : nil
    }

    /// The promised wait after attempt `ordinal`; `nil` when the contract gives none.
    func delay(after ordinal: Int) -> Duration? {
        guard let delays = contract.retry.delays.value, ordinal >= 1, ordinal <= delays.count else { return nil }
        return delays[ordinal - 1]
    }

    /// The longest promised wait; zero when there is none.
    var longestDelay: Duration { contract.retry.delays.value?.max() ?? .zero }

    /// When the wait after an attempt starts to count; `nil` while the attempt was open.
    func origin(of attempt: AttemptView, in delivery: Delivery) -> Stamp? {
        contract.retry.countedFrom.value == .firstAttempt ? delivery.attempts.first?.began : attempt.ended
    }
}

/// Whether a retry came that the contract asks for.
enum RetryCourse {
    /// The next attempt.
    case came(AttemptView)
    /// It had to come by this moment, was watched for and did not.
    case missing(since: Stamp)
    /// The scenario did not look until it was due, or something else ended the delivery.
    case open
    /// It was due within the observation, and something kept it from being seen.
    case doubtful(String)
    /// None came, and the contract does not say when one is due.
    case undated
}

extension JudgingContext {
    /// The window in which the attempt after a failed one starts, counted from where the contract counts.
    ///
    /// A receiver that asks for more time with Retry-After gets it where the header is honoured, and may get it where the
    /// contract does not say.
    func window(after attempt: AttemptView, scheduled: Duration) -> TimeWindow {
        var window = window(of: scheduled)
        guard let asked = wish(answeredTo: attempt)?.bounds(by: contract.retry) else { return window }
        window.earliest = max(window.earliest, tolerance.window(around: asked.least).earliest)
        if asked.most > scheduled { window.latest = max(window.latest, tolerance.window(around: asked.most).latest) }
        return window
    }

    /// The window around a wait of the schedule, as wide as the stated jitter makes it.
    func window(of scheduled: Duration) -> TimeWindow {
        guard let band = contract.retry.jitter.value else { return tolerance.window(around: scheduled) }
        let waits = band.waits(around: scheduled)
        return TimeWindow(
            earliest: tolerance.window(around: waits.shortest).earliest,
            latest: tolerance.window(around: waits.longest).latest,
            nominal: scheduled
        )
    }

    /// The latest moment at which the attempt after `attempt` may come; `nil` when the contract does not say when.
    func latest(after attempt: AttemptView, in delivery: Delivery) -> Stamp? {
        guard let delay = promise.delay(after: attempt.ordinal), let origin = promise.origin(of: attempt, in: delivery)
        else { return nil }
        return origin + latest(window(after: attempt, scheduled: delay).latest, from: origin)
    }

    /// The attempt that followed another one of its delivery.
    func next(after attempt: AttemptView, in delivery: Delivery) -> AttemptView? {
        delivery.attempts.first { $0.ordinal == attempt.ordinal + 1 }
    }

    /// What followed a failed attempt, if the contract has it tried again.
    func course(after attempt: AttemptView, in delivery: Delivery) -> RetryCourse {
        if let next = next(after: attempt, in: delivery) { return .came(next) }
        guard !isLifted(delivery, since: attempt.began) else { return .open }
        guard let due = latest(after: attempt, in: delivery) else { return .undated }
        guard isObservationComplete else { return .doubtful("the observation ended early") }
        // An observation that was planned to end before the retry was due did not look for it.
        guard due <= observedEnd else { return .open }
        guard history.dropped == 0 else { return .doubtful("\(history.dropped) records of the scenario were lost") }
        let doubt = uncertainty(from: attempt.began, to: observedEnd)
        guard doubt.isNone || observedEnd - due > doubt.amount else { return .doubtful(doubt.why) }
        return .missing(since: due)
    }

    /// Says that something took the obligation to go on away: the endpoint was switched off, or the dispatcher ended or was
    /// announced to give up on failing endpoints.
    func isLifted(_ delivery: Delivery, since start: Stamp) -> Bool {
        let isChanged = delivery.endpoint.changes.contains { $0.value.accepted && $0.at >= start }
        return isChanged || death(from: start, to: observedEnd) != nil || mayBeDisabled(delivery.endpoint)
    }

    /// Says that the contract announces automatic disablement, and that the endpoint gave a reason for it.
    func mayBeDisabled(_ endpoint: EndpointView) -> Bool {
        if isDisabledByAnswer(endpoint) { return true }
        guard contract.disablement.automatic.value != nil else { return false }
        let here = attempts.filter { $0.arrived.endpoint == endpoint.name }
        return here.count { $0.receiverResult.isFailure } >= Self.fewestFailuresForDisablement
    }

    /// Fewer failures than this are no "large proportion" by anybody's reading.
    static var fewestFailuresForDisablement: Int { 5 }
}
