/// A form in which a receiver can say when it wants the next attempt (RFC 9110 section 10.2.3).
package enum RetryAfterForm: String, Sendable, Hashable, CaseIterable {
    /// A whole number of seconds.
    case seconds
    /// An HTTP date.
    case date
    /// A number of seconds with a fraction, which the RFC does not have; it is rounded up.
    case fraction
}

/// How much a wait between attempts is spread around the one that is stated.
package struct JitterBand: Sendable, Hashable {
    /// The least change of a wait, as a part of it: -0.2 is 20 % shorter; not below -1.
    package var least: Double
    /// The greatest change of a wait, as a part of it; above `least`.
    package var most: Double

    /// Makes a band from its edges.
    package init(least: Double, most: Double) {
        self.least = least
        self.most = most
    }

    /// The shortest and the longest wait that a stated one can become.
    package func waits(around delay: Duration) -> (shortest: Duration, longest: Duration) {
        (max(.zero, delay + delay * least), delay + delay * most)
    }
}

/// What becomes of a delivery that somebody has sent again by hand.
package struct RedeliveryTerms: Sendable, Hashable {
    /// What becomes of the automatic retry that was waiting.
    package var pending: PendingRetry
    /// Whether the attempt that was asked for takes one of the promised attempts.
    package var counts: Bool

    /// Makes redelivery terms from their parts.
    package init(pending: PendingRetry, counts: Bool) {
        self.pending = pending
        self.counts = counts
    }
}

/// What becomes of a waiting retry when the delivery is sent again by hand.
package enum PendingRetry: String, Sendable, Hashable, CaseIterable {
    /// It comes when it was due all the same.
    case kept
    /// It does not come; what follows counts from the attempt that was asked for.
    case cancelled
}

/// Where the retries of a delivery go whose endpoint got another URL meanwhile.
package enum ChangedEndpointRule: String, Sendable, Hashable, CaseIterable {
    /// To the URL of its first attempt.
    case old
    /// To the URL that the endpoint has now.
    case new
}

/// How an endpoint shows that it wants to be delivered to.
package enum HandshakeRule: String, Sendable, Hashable, CaseIterable {
    /// OPTIONS with `WebHook-Request-Origin` is answered by `WebHook-Allowed-Origin`, which names that origin or `*`
    /// (CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, section 4).
    case optionsConsent = "options consent"
    /// A POST of `{"type": "url_verification", "challenge": …}` is answered with the challenge.
    case challengeEcho = "challenge echo"
}
