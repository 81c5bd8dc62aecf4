package import CurlTransport
package import FoundationEssentials

/// Where a delivery stands.
package enum DeliveryState: String, Sendable, Hashable, CaseIterable {
    /// An attempt is due, now or later, or is being made.
    case pending
    /// An attempt succeeded.
    case succeeded
    /// An attempt failed in a way that is not tried again.
    case failed
    /// Every attempt the contract gives failed.
    case exhausted
    /// The endpoint was not active, so no attempt is made any more.
    case disabled
}

/// One delivery as the delivery log shows it.
package struct LoggedDelivery: Sendable, Hashable {
    /// The delivery's own id.
    package var id: String
    /// The event it delivers.
    package var eventID: String
    /// The event's type.
    package var eventType: String
    /// Why the event exists: `event`, or `activation` for the one that switching an endpoint on sends.
    package var origin: String
    /// When the event was accepted.
    package var createdAt: Date
    /// The endpoint's id.
    package var endpointID: String
    /// The endpoint's URL.
    package var url: String
    /// The HTTP status that came last; nil when none has come.
    package var latestStatus: Int?
    /// The outcome of the last attempt that ended, in a word or two; nil before.
    package var latestOutcome: String?
    /// The bytes that were sent, or will be.
    package var payload: [UInt8]
    /// Where it stands.
    package var state: DeliveryState
    /// Why it stands there, where the state alone does not say it.
    package var reason: String?
    /// Its attempts, the first one first.
    package var attempts: [LoggedAttempt]
}

/// One attempt as the delivery log shows it.
package struct LoggedAttempt: Sendable, Hashable {
    /// Which attempt of its delivery it is, from 1.
    package var number: Int
    /// When it began.
    package var attemptedAt: Date
    /// How it ended, in a word or two; `in flight` before.
    package var status: String
    /// The response's status; nil when there was none.
    package var responseCode: Int?
    /// The response's header fields.
    package var responseHeaders: [HeaderField]
    /// The first bytes of the response's body.
    package var responseBody: [UInt8]
    /// What went wrong, in a sentence; nil when a complete response came.
    package var error: String?
    /// When the next attempt is due; nil when there is none.
    package var nextAttemptAt: Date?
}
