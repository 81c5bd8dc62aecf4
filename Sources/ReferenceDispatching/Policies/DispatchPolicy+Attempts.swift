package import CurlTransport
package import FoundationEssentials
package import WebhookContracts
package import WebhookSigning

extension DispatchPolicy {
    /// Makes it due at once.
    package func firstDue(after now: Date) -> Date {
        now
    }

    /// Goes to the endpoint's URL as it was registered, byte for byte: as it is now, or as it was at first.
    package func target(of attempt: Attempt) -> String {
        contract.retry.changedEndpoint.value == .old ? attempt.firstURL : attempt.endpoint.url
    }

    /// Uses the contract's wire name.
    package func sentName(of event: String) -> String {
        contract.event(named: event)?.sentName ?? event
    }

    /// Uses the event's own id, on every attempt.
    package func eventID(in attempt: Attempt) -> String {
        attempt.event.id
    }

    /// Counts from 1.
    package func attemptNumber(of attempt: Attempt) -> Int {
        attempt.number
    }

    /// Follows the contract: anew on each attempt, or the first attempt's.
    package func timestamp(of attempt: Attempt) -> String {
        contract.timestamp(of: attempt)
    }

    /// Sends the bytes that were fixed when the event was accepted, but for the fields that tell of the attempt.
    package func bodyToSend(in attempt: Attempt) -> [UInt8] {
        attemptBody(of: attempt)
    }

    /// Signs exactly what is sent.
    package func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8] {
        sent
    }

    /// Uses the endpoint's own secret.
    package func secret(of endpoint: Endpoint) -> SigningKey? {
        endpoint.secret
    }

    /// Signs with it for as long as the contract has two secrets count.
    package func formerSecret(of endpoint: Endpoint, at now: Date) -> SigningKey? {
        guard let former = endpoint.former, let changed = endpoint.secretChangedAt else { return nil }
        let grace = contract.signature.rotation.value ?? SilentContractDefaults.rotation
        return now < changed.advanced(by: grace) ? former : nil
    }

    /// Follows the contract, else signs what is on the wire.
    package func signedCoding() -> SignedCoding {
        contract.signature.covers.value ?? .coded
    }

    /// Uses SHA-256 (RFC 9530).
    package func contentDigest(of body: [UInt8]) -> String {
        ContentDigest.sha256.field(for: body)
    }

    /// Covers what the request asks for, and the body by its digest.
    package func coveredComponents() -> [String] {
        ["@method", "@authority", "@path", "@query", "content-type", "content-digest"]
    }

    /// Signs by the contract's scheme; without a secret there is no signature.
    package func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), let scheme = contract.signatureScheme else { return nil }
        return try scheme.sign(input, keys: [secret] + [endpoint.former].compactMap(\.self))
    }

    /// Uses the endpoint's credentials.
    package func authorization(of endpoint: Endpoint) -> String? {
        endpoint.basic?.authorization
    }

    /// Follows the contract's header terms.
    package func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts)
    }

    /// Follows the contract.
    package func method() -> String {
        contract.transport.method.value ?? SilentContractDefaults.method
    }

    /// Follows the contract, as a deadline for the whole attempt from its start.
    ///
    /// A limit that counts from the receipt is kept from the start, too: connecting and sending take part of it, so the
    /// dispatcher may hang up a little early and never late.
    package func responseLimit() -> Duration {
        contract.responseLimit.value?.total ?? SilentContractDefaults.responseLimit
    }

    /// Follows the contract.
    package func followedRedirects() -> Int {
        let rule = contract.transport.redirects.value ?? SilentContractDefaults.redirects
        return rule == .followed ? SilentContractDefaults.redirectCount : 0
    }

    /// Follows the contract.
    package func verifiesCertificates() -> Bool {
        (contract.transport.certificates.value ?? SilentContractDefaults.certificates) == .verified
    }

    /// Follows the contract.
    package func oldestTLS() -> OldestTLS {
        switch contract.transport.tls.value ?? SilentContractDefaults.tls {
        case .version1Point2: .version1Point2
        case .version1Point3: .version1Point3
        }
    }

    /// Follows the contract.
    package func connectLimit() -> Duration? {
        contract.transport.connectLimit.value
    }

    /// Stops: an answer before the end of the body says that nobody wants the rest.
    package func sendsBodyInAnyCase() -> Bool {
        false
    }

    /// Tries them all, one family after the other (RFC 8305).
    package func addressesToTry(_ found: [String]) -> [String] {
        found
    }

    /// Follows the rules.
    package func mayDial(_ address: String, guardedBy rules: AddressRules) -> Bool {
        rules.allows(address)
    }

    /// Uses it for everything.
    package func usesProxy() -> Bool {
        true
    }

    /// Sends it once: what is sent again is an attempt of its own.
    package func repetitions() -> Int {
        0
    }

    /// Takes it by its status, whatever its body says, unless nobody can tell where it ends.
    package func outcome(of response: TransferResponse) -> AttemptOutcome {
        if response.hasContradictingLengths { return .failed(.network) }
        return .answered(status: response.status, retryAfter: response.headers.first(named: "Retry-After"))
    }

    /// Takes it for a failure of its kind, whatever part of an answer came.
    package func outcome(of failure: TransferError) -> AttemptOutcome? {
        failure.outcome
    }

    /// Keeps the first 64 KiB, and reads 16 MiB at most.
    package func answerLimits() -> (kept: Int, read: Int) {
        (64 * 1024, 16 * 1024 * 1024)
    }

    /// Follows the contract's retry terms.
    package func retrySchedule() -> RetrySchedule {
        RetrySchedule(contract)
    }

    /// Takes up the delivery's machine where the attempt before left it, and asks it.
    package func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        var machine = DeliveryMachine(
            schedule: retrySchedule(),
            firstStartedAt: attempt.firstStartedAt,
            attempts: max(0, attempt.number - 1 - attempt.uncounted),
            draw: jitterDraw(of: attempt)
        )
        let action = machine.attemptFinished(outcome, at: now)
        // A retry that waited while somebody had the delivery sent again comes when it was due.
        guard case .retry = action, let kept = attempt.resumesAt else { return action }
        return .retry(at: max(kept, now))
    }

    /// Draws anew each time, so that deliveries which failed together are not tried again together.
    package func jitterDraw(of attempt: Attempt) -> Double {
        Double.random(in: 0...1)
    }

    /// Follows the contract; where it is silent, the waiting retry makes way and the attempt counts.
    package func redelivery() -> RedeliveryTerms {
        contract.retry.redelivery.value ?? RedeliveryTerms(pending: .cancelled, counts: true)
    }

    /// Follows the contract, which may give the first attempt another limit.
    package func responseLimit(of attempt: Attempt) -> Duration {
        let first = attempt.number == 1 ? contract.firstResponseLimit.value?.total : nil
        return first ?? responseLimit()
    }

    /// Keeps all of it.
    package func logEntry(of result: AttemptResult) -> AttemptResult? {
        result
    }

    /// Shows it as it is kept.
    package func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        delivery
    }

    /// Says the id and nothing else: a URL can hold a token.
    package func displayName(of endpoint: Endpoint) -> String {
        "endpoint \(endpoint.id)"
    }

    /// Follows the contract's guarantee.
    package func recovery() -> Recovery {
        switch contract.guarantee.value ?? SilentContractDefaults.guarantee {
        case .atLeastOnce: .resend
        case .boundedRetries: .resendWithinBudget
        case .bestEffort: .giveUp
        }
    }

    /// Writes it at once: a crash would forget it meanwhile, and the event would be sent again.
    package func outcomesWait() -> Duration {
        .zero
    }

    /// Keeps the time.
    package func dueAfterRestart(_ due: Date, now: Date) -> Date {
        due
    }

    /// Keeps the order of a contract that promises one, else makes several attempts side by side, as many as it allows.
    package func concurrency() -> ConcurrencyLimits {
        if contract.ordering.value == .perEndpoint { return .ordered }
        var limits = ConcurrencyLimits.standard
        if let most = contract.endpoint.concurrency.value { limits.perEndpoint = min(limits.perEndpoint, most) }
        return limits
    }
}
