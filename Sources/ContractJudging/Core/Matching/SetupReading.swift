import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Tells the requests by which a dispatcher gets to know a new endpoint from those that deliver.
///
/// No check of deliveries may see them: they carry no event, and some are wrong on purpose.
struct SetupReading {
    let contract: Contract
    let scenario: Scenario
    let endpoints: [EndpointView]
    let emissions: [EmissionView]

    /// Says that a request asks for consent, or probes how the endpoint treats a wrong signature.
    func isSetup(_ attempt: AttemptView) -> Bool {
        if Self.question(of: attempt) != nil { return true }
        guard contract.endpoint.signatureProbe.value == true, contract.endpoint.activationDelivery.value != true,
            attempt.arrived.malformed == nil
        else { return false }
        // What comes before the dispatcher has taken an endpoint on, or before there is any event, delivers nothing.
        let registered = endpoints.first { $0.name == attempt.arrived.endpoint }?.registration?.at
        if let registered, attempt.began <= registered { return true }
        guard let first = emissions.map(\.emitted.asked).min() else { return true }
        return attempt.began < first
    }

    /// Which question for consent a request is; `nil` for none.
    static func question(of attempt: AttemptView) -> HandshakeRule? {
        if attempt.arrived.method == "OPTIONS" {
            return attempt.arrived.values(of: "WebHook-Request-Origin").isEmpty ? nil : .optionsConsent
        }
        guard attempt.arrived.method == "POST", challenge(of: attempt) != nil else { return nil }
        return .challengeEcho
    }

    /// The challenge that has to come back; `nil` in a request that has none.
    static func challenge(of attempt: AttemptView) -> String? {
        // Decoded already, but for a body that the contract has otherwise than as JSON.
        let body = attempt.body.format == .json ? attempt.body.value : try? JSONValue.parse(attempt.arrived.body.bytes)
        guard let members = body?.members,
            members.first(where: { $0.name == "type" })?.value.stringValue == "url_verification"
        else { return nil }
        return members.first { $0.name == "challenge" }?.value.stringValue
    }

    /// Says that the receiver answered a question as somebody does who wants deliveries.
    func consents(_ attempt: AttemptView) -> Bool {
        guard let question = Self.question(of: attempt), let status = attempt.receipt?.status,
            attempt.receipt?.answerEnded != nil, (200...299).contains(status)
        else { return false }
        let place = attempt.arrived.place.flatMap(ReplyPlace.init(text:))?.item
        switch question {
        case .optionsConsent:
            if place == .handshake(.cloudEvents) { return true }
            guard case .respond(let response)? = scenario.scriptedReply(to: attempt.arrived) else { return false }
            let origins = attempt.arrived.values(of: "WebHook-Request-Origin")
            let allowed = response.headers.filter { $0.name.lowercased() == "webhook-allowed-origin" }.map(\.value)
            return allowed.contains("*") || !Set(allowed).isDisjoint(with: origins)
        case .challengeEcho: return place == .handshake(.slack)
        }
    }

    /// Says that an endpoint has not shown what the contract asks of it before anything is delivered.
    func isUnconfirmed(_ endpoint: EndpointView, by setup: [AttemptView]) -> Bool {
        let own = setup.filter { $0.arrived.endpoint == endpoint.name }
        if let rule = contract.endpoint.handshake.value,
            !own.contains(where: { Self.question(of: $0) == rule && consents($0) })
        {
            return true
        }
        guard contract.endpoint.signatureProbe.value == true, endpoint.hasSecret else { return false }
        return !own.contains { Self.question(of: $0) == nil && $0.receipt?.status == 401 }
    }
}
