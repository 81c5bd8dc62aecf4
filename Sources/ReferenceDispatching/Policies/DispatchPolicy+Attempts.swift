package import CurlTransport
package import FoundationEssentials
import WebhookContracts
package import WebhookSigning

extension DispatchPolicy {
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

    /// Sends the bytes that were fixed when the event was accepted.
    package func bodyToSend(in attempt: Attempt) -> [UInt8] {
        attempt.event.body
    }

    /// Signs exactly what is sent.
    package func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8] {
        sent
    }

    /// Uses the endpoint's own secret.
    package func secret(of endpoint: Endpoint) -> SigningKey? {
        endpoint.secret
    }

    /// Signs by the contract's scheme; without a secret there is no signature.
    package func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), let scheme = contract.signatureScheme else { return nil }
        return try scheme.sign(input, key: secret)
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

    /// Follows the contract's retry terms.
    package func retrySchedule() -> RetrySchedule {
        RetrySchedule(contract)
    }

    /// Takes up the delivery's machine where the attempt before left it, and asks it.
    package func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        var machine = DeliveryMachine(
            schedule: retrySchedule(),
            firstStartedAt: attempt.firstStartedAt,
            attempts: attempt.number - 1
        )
        return machine.attemptFinished(outcome, at: now)
    }

    /// Keeps all of it.
    package func logEntry(of result: AttemptResult) -> AttemptResult? {
        result
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

    /// Keeps the time.
    package func dueAfterRestart(_ due: Date, now: Date) -> Date {
        due
    }

    /// Keeps the order of a contract that promises one, else makes several attempts side by side.
    package func concurrency() -> ConcurrencyLimits {
        contract.ordering.value == .perEndpoint ? .ordered : .standard
    }
}
