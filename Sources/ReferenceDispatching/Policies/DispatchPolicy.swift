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
    /// Whether what happens while an endpoint has this status waits until it is delivered to again.
    func keepsForLater(_ status: EndpointStatus) -> Bool

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

    /// When the first attempt of an event is due that was accepted at `now`.
    func firstDue(after now: Date) -> Date
    /// The URL it goes to.
    func target(of attempt: Attempt) -> String
    /// The event's name as it is sent.
    func sentName(of event: String) -> String
    /// The event's id as this attempt tells it.
    func eventID(in attempt: Attempt) -> String
    /// The attempt's number as it is told to the receiver.
    func attemptNumber(of attempt: Attempt) -> Int
    /// The time of an attempt as its headers tell it.
    func timestamp(of attempt: Attempt) -> String
    /// The bytes to send.
    func bodyToSend(in attempt: Attempt) -> [UInt8]
    /// The bytes to sign in place of the body that is sent.
    func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8]
    /// What an endpoint's deliveries are signed with; nil for nothing.
    func secret(of endpoint: Endpoint) -> SigningKey?
    /// The secret before that one, as long as deliveries are signed with it as well; nil for none.
    func formerSecret(of endpoint: Endpoint, at now: Date) -> SigningKey?
    /// Which bytes of a packed body are signed.
    func signedCoding() -> SignedCoding
    /// The digest of a body, for the header that carries it.
    func contentDigest(of body: [UInt8]) -> String
    /// The parts of a request that a message signature covers (RFC 9421 section 2), in order.
    func coveredComponents() -> [String]
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
    /// The time a receiver has at this attempt, connecting included.
    func responseLimit(of attempt: Attempt) -> Duration
    /// How many redirects are followed.
    func followedRedirects() -> Int
    /// Whether a certificate has to verify.
    func verifiesCertificates() -> Bool
    /// The oldest version of TLS that is spoken.
    func oldestTLS() -> OldestTLS
    /// The time until a connection stands; nil for the whole time that a receiver has.
    func connectLimit() -> Duration?
    /// Whether the body is sent to its end although an answer of 300 or more has come.
    func sendsBodyInAnyCase() -> Bool
    /// Which of a name's addresses are tried, in order.
    func addressesToTry(_ found: [String]) -> [String]
    /// Whether a connection may be opened to this address; asked when it is about to be.
    func mayDial(_ address: String, guardedBy rules: AddressRules) -> Bool
    /// Whether the proxy is used that the dispatcher was started with.
    func usesProxy() -> Bool
    /// Which addresses test deliveries may go to, where deliveries may go to those of `rules`.
    func rulesOfTests(_ rules: AddressRules) -> AddressRules
    /// What the owner of an endpoint is told of a test delivery.
    func shown(ofTest result: AttemptResult) -> JSONValue
    /// How many bytes of an answer's body are kept, and how many are read before the attempt has failed.
    func answerLimits() -> (kept: Int, read: Int)
    /// How often a request whose connection broke is sent again within the same attempt.
    func repetitions() -> Int

    // After an attempt.

    /// What an answer means for the retry.
    func outcome(of response: TransferResponse) -> AttemptOutcome
    /// What a transfer without a whole answer means for the retry; nil when the dispatcher itself ended it.
    func outcome(of failure: TransferError) -> AttemptOutcome?
    /// When failed deliveries are tried again, and which answers are failures.
    func retrySchedule() -> RetrySchedule
    /// What follows an attempt that ended now.
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction
    /// What the wait after an attempt is spread by, from 0 to 1.
    func jitterDraw(of attempt: Attempt) -> Double
    /// What an endpoint is asked before anything is delivered to it, in order.
    func questions(to endpoint: Endpoint) -> [EndpointQuestion]
    /// Why an endpoint that answered a question so is not delivered to; nil when it is.
    func objection(to answer: TransferResponse, of question: EndpointQuestion) -> String?
    /// What is published when an endpoint was disabled.
    func notices(of endpoint: Endpoint, at now: Date) -> [EventSubmission]
    /// What sending a delivery again by hand does to it.
    func redelivery() -> RedeliveryTerms
    /// What the delivery log keeps of an attempt; nil when it keeps nothing.
    func logEntry(of result: AttemptResult) -> AttemptResult?
    /// What the delivery log shows of a delivery.
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery
    /// What log lines say of an endpoint.
    func displayName(of endpoint: Endpoint) -> String

    // The whole.

    /// What becomes of an attempt that a crash interrupted.
    func recovery() -> Recovery
    /// When a delivery that was due at `due` is due after a restart at `now`.
    func dueAfterRestart(_ due: Date, now: Date) -> Date
    /// How long the outcome of an attempt may wait until it is written, so that several are written together.
    func outcomesWait() -> Duration
    /// How many attempts are made at the same time.
    func concurrency() -> ConcurrencyLimits
    /// How many attempts may start at one endpoint in which time; nil for any number.
    func pace() -> DeliveryRate?
    /// Until when nothing is sent to an endpoint after such an outcome; nil when it goes on as before.
    func pause(after outcome: AttemptOutcome, at now: Date) -> Date?
    /// The thing whose events an endpoint gets in their order; nil when this event has no such order.
    func orderKey(of body: JSONValue) -> String?
    /// Whether another dispatcher may use the same store at the same time.
    func sharesStore() -> Bool
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
