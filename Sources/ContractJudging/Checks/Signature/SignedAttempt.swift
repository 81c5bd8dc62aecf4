import DeliveryEvidence
import Notation
import WebhookContracts
import WebhookSigning

/// An attempt at an endpoint with a secret, with everything its signature can be checked by.
struct SignedAttempt {
    let attempt: AttemptView
    let subject: String
    let endpoint: EndpointView
    /// The values of the signature header; one when all is well.
    let values: [String]
    /// What the signature has to cover.
    let input: SigningInput
    /// The endpoint's secret at the time; two when it was being changed, and none when the keys of the run are not here.
    let keys: [SigningKey]

    /// The endpoint's secret; `nil` when the keys of the run are not here.
    var key: SigningKey? { keys.first }

    /// Takes an attempt; `nil` when it is not whole, its endpoint has no secret, or the contract names no signature header.
    init?(_ attempt: AttemptView, in context: JudgingContext) {
        guard let header = context.contract.signature.header.value, attempt.isWhole,
            let endpoint = context.endpoint(of: attempt), endpoint.hasSecret
        else { return nil }
        self.attempt = attempt
        subject = context.subject(of: attempt)
        self.endpoint = endpoint
        values = attempt.arrived.values(of: header)
        input = Self.input(of: attempt, context.contract)
        keys = context.secrets(of: endpoint.name, for: attempt)
    }

    /// The one value of the signature header; `nil` when it is missing or doubled.
    var value: String? { values.count == 1 ? values[0] : nil }

    /// Why the signature cannot be checked although it is there; `nil` when it can.
    var obstacle: String? {
        if key == nil { return "the keys of this run are not here" }
        if attempt.arrived.bodyRedacted { return "a secret was cut out of the body in the evidence" }
        return nil
    }

    /// Whether the signature is right under a scheme, with another key or over another content where one is given.
    func verifies(_ scheme: SignatureScheme, key other: SigningKey? = nil, input content: SigningInput? = nil) -> Bool {
        guard let value else { return false }
        return scheme.verify(header: value, input: content ?? input, keys: other.map { [$0] } ?? keys).isValid
    }

    /// Every whole attempt at an endpoint with a secret; none when the contract names no signature header.
    static func all(in context: JudgingContext) -> [SignedAttempt] {
        context.signedAttempts
    }

    private static func input(of attempt: AttemptView, _ contract: Contract) -> SigningInput {
        let id = contract.header(carrying: .eventID) ?? contract.header(carrying: .deliveryID)
        let isDecoded = contract.signature.covers.value == .decoded
        return SigningInput(
            body: isDecoded ? attempt.body.bytes : attempt.arrived.body.bytes,
            id: id.flatMap { attempt.header($0.name) },
            timestamp: contract.header(carrying: .timestamp).flatMap { attempt.header($0.name) },
            envelopeJSON: attempt.body.value.map { Array($0.compact().utf8) },
            messageBase: ReceivedMessage(attempt).base(contract)
        )
    }
}
