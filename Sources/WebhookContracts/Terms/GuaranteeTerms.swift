package import Notation

/// What a receiver can deduplicate by.
package struct DedupKey: Sendable, Hashable {
    /// The header that carries the key; `nil` when the body does.
    package var header: String?
    /// The body fields that make the key.
    package var fields: [JSONPointer]

    /// Makes a dedup key from its parts.
    package init(header: String?, fields: [JSONPointer]) {
        self.header = header
        self.fields = fields
    }
}

/// How hard a provider tries.
package enum Guarantee: String, Sendable, Hashable, CaseIterable {
    /// At most one delivery; some events may be missed.
    case bestEffort = "best effort"
    /// A stated number of attempts, then the event is given up.
    case boundedRetries = "bounded retries"
    /// Every accepted event arrives; some may arrive more than once.
    case atLeastOnce = "at least once"
}

/// In which order deliveries arrive.
package enum Ordering: String, Sendable, Hashable, CaseIterable {
    case unordered
    case perEndpoint = "per endpoint"
    /// Events of one subject, such as one job, keep their order at an endpoint; others may overtake them.
    case perSubject = "per subject"
}

/// When a provider stops delivering by itself.
package struct DisablementTerms: Sendable, Hashable {
    /// Whether the provider may disable an endpoint for failing or slow answers.
    package var automatic: Clause<AutomaticDisablement>
    /// The answers that switch an endpoint off at once, such as 410 Gone (RFC 9110 section 15.5.11).
    package var statuses: Clause<StatusSet>
    /// The share of failures, the window, or the count at which it does, as a sentence.
    package var threshold: Clause<String>
    /// Whether the owner is told.
    package var notification: Clause<Bool>
    /// The event that tells the account's other endpoints when one was disabled.
    package var notice: Clause<String> = .unstated

    /// Makes disablement terms from their parts; what is left out is unstated.
    package init(
        automatic: Clause<AutomaticDisablement> = .unstated,
        statuses: Clause<StatusSet> = .unstated,
        threshold: Clause<String> = .unstated,
        notification: Clause<Bool> = .unstated
    ) {
        self.automatic = automatic
        self.statuses = statuses
        self.threshold = threshold
        self.notification = notification
    }
}

/// How firmly a provider announces automatic disablement.
package enum AutomaticDisablement: String, Sendable, Hashable, CaseIterable {
    case may
    case will
}

/// What the provider's delivery log shows.
package struct DeliveryLogTerms: Sendable, Hashable {
    /// Shown per event.
    package var event: [LogField]
    /// Shown per attempt.
    package var attempt: [LogField]

    /// Makes delivery log terms from their parts.
    package init(event: [LogField], attempt: [LogField]) {
        self.event = event
        self.attempt = attempt
    }
}

/// A field of a delivery log.
package enum LogField: String, Sendable, Hashable, CaseIterable {
    case id
    case createdAt = "created at"
    case eventType = "event type"
    case url
    case latestStatus = "latest status"
    case payload
    case status
    case attemptedAt = "attempted at"
    case responseCode = "response code"
    case responseHeaders = "response headers"
    case responseBody = "response body"
    /// Which kind of failure it was: a timeout, a reset, a refused connection, a failed handshake.
    case failureKind = "failure kind"
    /// When the next attempt is due.
    case nextAttemptAt = "next attempt at"
}
