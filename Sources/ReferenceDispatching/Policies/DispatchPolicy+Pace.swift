package import FoundationEssentials
package import Notation
package import WebhookContracts

extension DispatchPolicy {
    /// Follows the contract.
    package func pace() -> DeliveryRate? {
        contract.endpoint.rate.value
    }

    /// Leaves an endpoint that answers 429 alone for the time it asks for, where the contract promises to throttle at all.
    package func pause(after outcome: AttemptOutcome, at now: Date) -> Date? {
        guard contract.endpoint.throttling.value != nil, case .answered(429, let retryAfter) = outcome else {
            return nil
        }
        return retryAfter.flatMap { RetryAfter($0)?.date(from: now) }
            ?? now.advanced(by: SilentContractDefaults.throttling)
    }

    /// Uses what the event is about, where the contract keeps the order of one subject's events.
    package func orderKey(of body: JSONValue) -> String? {
        guard contract.ordering.value == .perSubject else { return nil }
        return contract.body.subject(in: body).map { $0.stringValue ?? $0.compact() }
    }

    /// Wants the store for itself: two dispatchers on it would take each other's attempts for interrupted ones.
    package func sharesStore() -> Bool {
        false
    }
}
