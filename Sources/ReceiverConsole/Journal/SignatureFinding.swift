package import DeliveryEvidence
package import DeliveryScenarios
package import FoundationEssentials

/// What the signature of a request is worth, and why.
package struct SignatureFinding: Sendable, Hashable {
    package var state: RequestPattern.SignatureState
    /// One sentence; never holds a secret.
    package var reason: String

    package init(state: RequestPattern.SignatureState, reason: String) {
        self.state = state
        self.reason = reason
    }
}

/// Looks at the signature of a request that arrived at a time on the wall clock; `nil` when there is nothing to check.
///
/// Given by whoever knows a contract. It is asked when somebody looks at the request, which may be often, on any thread;
/// for a body longer than the journal keeps it is asked on the event loop, once.
package typealias SignatureInspection = @Sendable (_ request: AttemptArrived, _ arrivedAt: Date) -> SignatureFinding?
