import Notation
package import WebhookContracts

/// When a failed delivery is tried again, with nothing left open.
package struct RetrySchedule: Sendable, Hashable {
    /// How many attempts there are in all, the first included; at least 1.
    package var attempts: Int
    /// The waits between attempts; the last one repeats when there are more attempts.
    package var delays: [Duration]
    /// From when a wait counts.
    package var countedFrom: RetryOrigin
    /// The failures that are tried again.
    package var failures: Set<FailureClass>
    /// Failing statuses that are tried again, whatever their class.
    package var retriedStatuses = StatusSet(ranges: [])
    /// Failing statuses that are not tried again, whatever their class.
    package var finalStatuses = StatusSet(ranges: [])
    /// The statuses that are a success.
    package var success: StatusSet
    /// Whether `Retry-After` on 429 and 503 can put an attempt off.
    package var honoursRetryAfter: Bool
    /// The forms of `Retry-After` that are understood.
    package var retryAfterForms = Set(RetryAfterForm.allCases)
    /// The longest wait that `Retry-After` can bring about.
    package var retryAfterCap = RetryAfter.longest
    /// How much a wait is spread; nil for not at all.
    package var jitter: JitterBand?
    /// The answers that switch the endpoint off at once.
    package var disabling: StatusSet

    /// Makes a schedule from its parts.
    package init(
        attempts: Int,
        delays: [Duration],
        countedFrom: RetryOrigin = .previousFailure,
        failures: Set<FailureClass> = Set(FailureClass.allCases),
        success: StatusSet = SilentContractDefaults.success,
        honoursRetryAfter: Bool = true,
        disabling: StatusSet = StatusSet(ranges: [])
    ) {
        self.attempts = attempts
        self.delays = delays
        self.countedFrom = countedFrom
        self.failures = failures
        self.success = success
        self.honoursRetryAfter = honoursRetryAfter
        self.disabling = disabling
    }

    /// Reads a contract's retry terms, and follows `SilentContractDefaults` where they are silent.
    package init(_ contract: Contract) {
        let retry = contract.retry
        let delays = retry.delays.value ?? SilentContractDefaults.delays
        self.init(
            attempts: Self.attempts(of: contract),
            delays: delays,
            countedFrom: retry.countedFrom.value ?? SilentContractDefaults.countedFrom,
            failures: retry.failures.isNone ? [] : Set(retry.failures.value ?? SilentContractDefaults.failures),
            success: contract.success.value ?? SilentContractDefaults.success,
            honoursRetryAfter: !retry.retryAfter.isNone && retry.retryAfter.value != .ignored,
            disabling: Self.disabling(by: contract)
        )
        retryAfterForms = retry.retryAfterForms.value.map { Set($0) } ?? retryAfterForms
        retryAfterCap = retry.retryAfterCap.value ?? retryAfterCap
        jitter = retry.jitter.value
        retriedStatuses = retry.retriedStatuses.value ?? retriedStatuses
        finalStatuses = retry.finalStatuses.value ?? finalStatuses
    }

    /// The wait after so many attempts; nil when there is no further one.
    package func delay(afterAttempt number: Int) -> Duration? {
        guard number < attempts, let last = delays.last else { return nil }
        return number - 1 < delays.count ? delays[number - 1] : last
    }

    /// A wait as it is spread by a number drawn from 0 to 1.
    package func spread(_ delay: Duration, by draw: Double) -> Duration {
        guard let jitter else { return delay }
        let waits = jitter.waits(around: delay)
        return waits.shortest + (waits.longest - waits.shortest) * draw
    }

    /// Where nothing at all is said of disablement or of failures that end a delivery, 410 does what it says.
    private static func disabling(by contract: Contract) -> StatusSet {
        if let stated = contract.disablement.statuses.value { return stated }
        let isSilent =
            contract.disablement.statuses.isUnstated && contract.disablement.automatic.isUnstated
            && contract.retry.failures.isUnstated
        return isSilent ? SilentContractDefaults.disabling : StatusSet(ranges: [])
    }

    private static func attempts(of contract: Contract) -> Int {
        let retry = contract.retry
        if retry.attempts.isNone || retry.delays.isNone { return 1 }
        if let stated = retry.attempts.value {
            let ladder = (retry.delays.value ?? SilentContractDefaults.delays).count + 1
            return max(1, stated.highest ?? max(stated.lowest, ladder))
        }
        if let delays = retry.delays.value { return delays.count + 1 }
        // Nothing is said about retries, but at most one delivery is promised: a retry could be the second.
        return contract.guarantee.value == .bestEffort ? 1 : SilentContractDefaults.delays.count + 1
    }
}
