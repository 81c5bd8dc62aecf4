package import CurlTransport
package import FoundationEssentials
package import Notation
package import WebhookContracts
package import WebhookSigning

/// Every decision of the dispatcher, one requirement each.
///
/// The defaults keep the contract. Whoever wants another dispatcher, one that breaks a single promise for example,
/// overrides a single requirement; the machinery around it (store, schedule, sending, API) stays the same.
package protocol DispatchPolicy: Sendable {
    /// The contract that is kept.
    var contract: Contract { get }

    // Registration and enablement.

    /// The URL schemes an endpoint may have, in lower case.
    func acceptedSchemes() -> Set<String>
    /// Why an endpoint cannot be registered beside so many others; nil when it can.
    func refusal(of endpoint: Endpoint, besides others: Int, guardedBy rules: AddressRules) -> RequestRefusal?
    /// The status of an endpoint that was just registered.
    func initialStatus() -> EndpointStatus
    /// The body of the delivery that switching `endpoint` on sends to it; nil when none is sent.
    func activation(of endpoint: Endpoint) -> EventSubmission?
    /// Whether attempts are made at an endpoint of this status.
    func mayDeliver(to status: EndpointStatus) -> Bool
    /// When an endpoint that keeps failing is switched off; nil for never.
    func disablement() -> DisablementPolicy?

    // Publication.

    /// Why an event is held back from everyone; nil when it is not.
    func reasonToHoldBack(_ submission: EventSubmission) -> String?
    /// The id of an event that is being accepted.
    func newEventID() -> String
    /// The body of an event, before it is written; nil when by contract the event does not happen.
    func body(of submission: EventSubmission, facts: EventFacts) throws(RequestRefusal) -> JSONValue?
    /// A body with the contract's conditions on its fields kept.
    func conditionsKept(_ body: JSONValue, event: String) -> JSONValue
    /// A body without the data that must not be sent.
    func forbiddenRemoved(_ body: JSONValue, event: String) -> JSONValue
    /// A body with the texts that stand for missing values.
    func substituted(_ body: JSONValue, event: String) -> JSONValue
    /// The bytes of a body as they are sent.
    func bytes(of body: JSONValue) -> [UInt8]
    /// The key by which two submissions are one occurrence; nil when every submission is one.
    func publicationKey(of body: JSONValue, event: String) -> String?
    /// Whether an endpoint gets events of this type.
    func isSubscribed(_ endpoint: Endpoint, to event: String) -> Bool
    /// Whether an endpoint gets events from this source.
    func wants(_ endpoint: Endpoint, source: String?) -> Bool
    /// Records an acceptance; what it returns is told to whoever handed the event over, so it waits for the record.
    func record(_ write: @escaping @Sendable () async throws -> Acceptance, id: String) async throws -> Acceptance

    // An attempt's request.

    /// The event's name as it is sent.
    func sentName(of event: String) -> String
    /// The event's id as this attempt tells it.
    func eventID(in attempt: Attempt) -> String
    /// The attempt's number as it is told to the receiver.
    func attemptNumber(of attempt: Attempt) -> Int
    /// The bytes to send.
    func bodyToSend(in attempt: Attempt) -> [UInt8]
    /// The bytes to sign in place of the body that is sent.
    func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8]
    /// What an endpoint's deliveries are signed with; nil for nothing.
    func secret(of endpoint: Endpoint) -> SigningKey?
    /// The text of the signature header; nil for an unsigned delivery.
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String?
    /// The value of `Authorization`; nil for none.
    func authorization(of endpoint: Endpoint) -> String?
    /// The header fields of an attempt, in order.
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField]
    /// The HTTP method.
    func method() -> String
    /// The time a receiver has, connecting included.
    func responseLimit() -> Duration
    /// How many redirects are followed.
    func followedRedirects() -> Int
    /// Whether a certificate has to verify.
    func verifiesCertificates() -> Bool

    // After an attempt.

    /// When failed deliveries are tried again, and which answers are failures.
    func retrySchedule() -> RetrySchedule
    /// What follows an attempt that ended now.
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction
    /// What the delivery log keeps of an attempt; nil when it keeps nothing.
    func logEntry(of result: AttemptResult) -> AttemptResult?
    /// What log lines say of an endpoint.
    func displayName(of endpoint: Endpoint) -> String

    // The whole.

    /// What becomes of an attempt that a crash interrupted.
    func recovery() -> Recovery
    /// When a delivery that was due at `due` is due after a restart at `now`.
    func dueAfterRestart(_ due: Date, now: Date) -> Date
    /// How many attempts are made at the same time.
    func concurrency() -> ConcurrencyLimits
}

/// What becomes of an attempt that a crash interrupted, of which nobody knows whether it arrived.
package enum Recovery: Sendable, Hashable {
    /// It is made again, as the next attempt: the event may arrive twice.
    case resend
    /// It is made again if the contract's number of attempts allows it.
    case resendWithinBudget
    /// It is not made again: the event may be missed.
    case giveUp
}

/// The policy that keeps its contract.
package struct ContractPolicy: DispatchPolicy {
    /// The contract that is kept.
    package let contract: Contract

    /// Keeps a contract.
    package init(_ contract: Contract) {
        self.contract = contract
    }
}
