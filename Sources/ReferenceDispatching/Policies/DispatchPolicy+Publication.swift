import FoundationEssentials
package import Notation
import WebhookContracts

extension DispatchPolicy {
    /// Follows the contract's scheme rule.
    package func acceptedSchemes() -> Set<String> {
        switch contract.transport.scheme.value ?? SilentContractDefaults.scheme {
        case .httpsOnly: ["https"]
        case .httpOrHTTPS: ["http", "https"]
        }
    }

    /// Applies the `RegistrationRules`.
    package func refusal(
        of endpoint: Endpoint,
        besides others: Int,
        guardedBy rules: AddressRules
    ) -> RequestRefusal? {
        RegistrationRules(contract: contract, schemes: acceptedSchemes(), addresses: rules)
            .refusal(of: endpoint, besides: others)
    }

    /// Follows the contract's initial state.
    package func initialStatus() -> EndpointStatus {
        switch contract.endpoint.initialState.value ?? SilentContractDefaults.initialState {
        case .active: .active
        case .deactivated: .deactivated
        }
    }

    /// Sends the example of the first event type the endpoint gets, where the contract promises such a delivery.
    package func activation(of endpoint: Endpoint) -> EventSubmission? {
        guard contract.endpoint.activationDelivery.value == true,
            let event = contract.events.first(where: { isSubscribed(endpoint, to: $0.name) && $0.example != nil }),
            let example = event.example
        else { return nil }
        return EventSubmission(type: event.name, payload: example)
    }

    /// Delivers to active endpoints only.
    package func mayDeliver(to status: EndpointStatus) -> Bool {
        status == .active
    }

    /// Follows our own policy where the contract announces automatic disablement, else never switches off.
    package func disablement() -> DisablementPolicy? {
        contract.disablement.automatic.value == nil ? nil : SilentContractDefaults.disablement
    }

    /// Keeps nothing: whoever switches an endpoint on again does not want the flood of what it missed.
    package func keepsForLater(_ status: EndpointStatus) -> Bool {
        false
    }

    /// Holds back what a closed gate covers.
    package func reasonToHoldBack(_ submission: EventSubmission) -> String? {
        contract.gates.first { submission.closedGates.contains($0.name) && $0.covers(submission.type) }
            .map { "the gate \($0.name) is closed" }
    }

    /// Draws 128 random bits; the id has no full stop, which Standard Webhooks forbids in it.
    package func newEventID() -> String {
        RandomID.make(prefix: "evt_")
    }

    /// Fills the fields of known roles, then applies the contract's rules on what may be in a body.
    package func body(of submission: EventSubmission, facts: EventFacts) throws(RequestRefusal) -> JSONValue? {
        let filled = try contract.body.filling(submission.payload, with: facts)
        guard let watched = contract.body.watchedOnly(filled, event: submission.type) else { return nil }
        let conditioned = conditionsKept(watched, event: submission.type)
        return substituted(forbiddenRemoved(conditioned, event: submission.type), event: submission.type)
    }

    /// Removes fields whose condition does not hold.
    package func conditionsKept(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.conditionsKept(body, event: event)
    }

    /// Removes forbidden members.
    package func forbiddenRemoved(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.forbiddenRemoved(body, event: event)
    }

    /// Puts the contract's substitutes in empty fields.
    package func substituted(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.substituted(body, event: event)
    }

    /// Writes the body in the contract's format.
    package func bytes(of body: JSONValue) -> [UInt8] {
        switch contract.bodyFormat {
        case .json: Array(body.compact().utf8)
        case .form: Array(FormEncoding.text(of: body).utf8)
        }
    }

    /// The compact JSON of the envelope, as far as the contract's format lets a receiver tell it.
    package func envelopeJSON(of body: JSONValue) -> [UInt8] {
        switch contract.bodyFormat {
        case .json: Array(body.compact().utf8)
        case .form: Array(FormEncoding.readBack(body).compact().utf8)
        }
    }

    /// Follows the contract's publication rules.
    package func publicationKey(of body: JSONValue, event: String) -> String? {
        contract.publication.key(of: body, event: event)
    }

    /// Compares with the events chosen for the endpoint; an endpoint with no choice gets all.
    package func isSubscribed(_ endpoint: Endpoint, to event: String) -> Bool {
        endpoint.events?.contains(event) ?? true
    }

    /// Compares with the endpoint's source filter.
    package func wants(_ endpoint: Endpoint, source: String?) -> Bool {
        endpoint.source.map { $0 == source } ?? true
    }

    /// Waits until the record is on disk.
    package func record(
        _ write: @escaping @Sendable () async throws -> Acceptance,
        id: String
    ) async throws -> Acceptance {
        try await write()
    }
}
