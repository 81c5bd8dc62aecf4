package import CurlTransport
package import FoundationEssentials
package import WebhookContracts

/// One try at delivering one event to one endpoint, about to be made.
package struct Attempt: Sendable {
    /// The delivery it belongs to; the same for every attempt.
    package var deliveryID: String
    /// What is delivered.
    package var event: AcceptedEvent
    /// Where to.
    package var endpoint: Endpoint
    /// Which attempt of the delivery it is, from 1.
    package var number: Int
    /// When it begins.
    package var startedAt: Date
    /// When the delivery's first attempt began.
    package var firstStartedAt: Date
    /// The URL the endpoint had when the delivery's first attempt began.
    package var firstURL: String
    /// Whether somebody asked for it by hand.
    package var isRedelivery = false
    /// How many attempts of the delivery, this one included, do not count, since somebody asked for them by hand.
    package var uncounted = 0
    /// When the retry is due that was waiting while somebody asked for this attempt; nil when none was, or is kept.
    package var resumesAt: Date?

    /// Makes an attempt.
    package init(
        deliveryID: String,
        event: AcceptedEvent,
        endpoint: Endpoint,
        number: Int,
        startedAt: Date,
        firstStartedAt: Date,
        firstURL: String? = nil
    ) {
        self.firstURL = firstURL ?? endpoint.url
        self.deliveryID = deliveryID
        self.event = event
        self.endpoint = endpoint
        self.number = number
        self.startedAt = startedAt
        self.firstStartedAt = firstStartedAt
    }
}

/// How an attempt ended, in the terms that decide what comes next.
package enum AttemptOutcome: Sendable, Hashable {
    /// A complete response came in time.
    case answered(status: Int, retryAfter: String?)
    /// No complete response came in time.
    case failed(FailureClass)
    /// Nothing was sent, and trying again would not change that.
    case unsendable
}

/// How an attempt ended, with everything the delivery log shows of it.
package struct AttemptResult: Sendable, Hashable {
    /// What decides what comes next.
    package var outcome: AttemptOutcome
    /// The outcome in a word or two, such as `succeeded`, `failed` or `timed out`.
    package var word: String
    /// The response's status, also of one that broke off; nil when there was none.
    package var responseCode: Int?
    /// The response's header fields.
    package var responseHeaders: [HeaderField]
    /// The first bytes of the response's body.
    package var responseBody: [UInt8]
    /// What went wrong, in a sentence; nil when a complete response came.
    package var error: String?

    /// Makes a result; there was no response unless it is said.
    package init(
        outcome: AttemptOutcome,
        word: String,
        responseCode: Int? = nil,
        responseHeaders: [HeaderField] = [],
        responseBody: [UInt8] = [],
        error: String? = nil
    ) {
        self.outcome = outcome
        self.word = word
        self.responseCode = responseCode
        self.responseHeaders = responseHeaders
        self.responseBody = responseBody
        self.error = error
    }
}
