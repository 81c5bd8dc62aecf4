package import Notation

/// How long a receiver may take.
package struct ResponseLimit: Sendable, Hashable {
    package var total: Duration
    package var measuredFrom: LimitOrigin

    /// Makes a response limit from its parts.
    package init(total: Duration, measuredFrom: LimitOrigin) {
        self.total = total
        self.measuredFrom = measuredFrom
    }
}

/// From when a response limit counts.
package enum LimitOrigin: String, Sendable, Hashable, CaseIterable {
    /// When the dispatcher starts the attempt.
    case start
    /// When the receiver has the whole request.
    case receipt
}

/// A set of HTTP statuses, such as `2xx` or `200, 204`.
package struct StatusSet: Sendable, Hashable {
    package var ranges: [ClosedRange<Int>]

    /// Makes a status set from its parts.
    package init(ranges: [ClosedRange<Int>]) {
        self.ranges = ranges
    }

    /// Says whether `status` is in the set.
    package func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}

/// When a failed delivery is tried again.
package struct RetryTerms: Sendable, Hashable {
    /// How many attempts there are in all, the first included.
    package var attempts: Clause<CountRange>
    /// The waits between attempts, in order.
    package var delays: Clause<[Duration]>
    package var countedFrom: Clause<RetryOrigin>
    /// Which failures are tried again.
    package var failures: Clause<[FailureClass]>
    package var retryAfter: Clause<RetryAfterRule>
    /// Whether a retry carries the event as it was, byte for byte.
    package var samePayload: Clause<Bool>
    /// Failing statuses that are tried again, whatever is said of their class.
    package var retriedStatuses: Clause<StatusSet>
    /// Failing statuses that are never tried again, whatever is said of their class.
    package var finalStatuses: Clause<StatusSet>
    /// The forms of `Retry-After` that are understood, where it is honoured.
    package var retryAfterForms: Clause<[RetryAfterForm]> = .unstated
    /// The longest wait that `Retry-After` can bring about.
    package var retryAfterCap: Clause<Duration> = .unstated
    /// How much the waits are spread.
    package var jitter: Clause<JitterBand> = .unstated
    /// What sending a delivery again by hand does.
    package var redelivery: Clause<RedeliveryTerms> = .unstated
    /// Where retries go after the endpoint got another URL.
    package var changedEndpoint: Clause<ChangedEndpointRule> = .unstated

    /// Makes retry terms from their parts; what is left out is unstated.
    package init(
        attempts: Clause<CountRange> = .unstated,
        delays: Clause<[Duration]> = .unstated,
        countedFrom: Clause<RetryOrigin> = .unstated,
        failures: Clause<[FailureClass]> = .unstated,
        retryAfter: Clause<RetryAfterRule> = .unstated,
        samePayload: Clause<Bool> = .unstated,
        retriedStatuses: Clause<StatusSet> = .unstated,
        finalStatuses: Clause<StatusSet> = .unstated
    ) {
        self.attempts = attempts
        self.delays = delays
        self.countedFrom = countedFrom
        self.failures = failures
        self.retryAfter = retryAfter
        self.samePayload = samePayload
        self.retriedStatuses = retriedStatuses
        self.finalStatuses = finalStatuses
    }
}

/// From when a retry's wait counts.
package enum RetryOrigin: String, Sendable, Hashable, CaseIterable {
    case previousFailure = "previous failure"
    case firstAttempt = "first attempt"
}

/// The ways in which an attempt fails.
package enum FailureClass: String, Sendable, Hashable, CaseIterable {
    /// Connection refused, reset or closed early, or bytes that are not HTTP.
    case network
    case timeout
    case tls
    case redirect = "3xx"
    case clientError = "4xx"
    case serverError = "5xx"
}

/// What a dispatcher does with `Retry-After` (RFC 9110 section 10.2.3).
package enum RetryAfterRule: String, Sendable, Hashable, CaseIterable {
    case honoured
    case ignored
}
