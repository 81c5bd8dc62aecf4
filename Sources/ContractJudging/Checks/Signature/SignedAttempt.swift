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
    /// The endpoint's secret; `nil` when the keys of the run are not here.
    let key: SigningKey?

    /// The one value of the signature header; `nil` when it is missing or doubled.
    var value: String? { values.count == 1 ? values[0] : nil }

    /// Why the signature cannot be checked although it is there; `nil` when it can.
    var obstacle: String? {
        if key == nil { return "the keys of this run are not here" }
        if attempt.arrived.bodyRedacted { return "a secret was cut out of the body in the evidence" }
        return nil
    }

    /// Whether the signature is right under a scheme, with another key where one is given.
    func verifies(_ scheme: SignatureScheme, key other: SigningKey? = nil) -> Bool {
        guard let value, let key = other ?? key else { return false }
        return scheme.verify(header: value, input: input, key: key).isValid
    }

    /// Every whole attempt at an endpoint with a secret; none when the contract names no signature header.
    static func all(in context: JudgingContext) -> [SignedAttempt] {
        guard let header = context.contract.signature.header.value else { return [] }
        return context.attempts.compactMap { attempt in
            guard attempt.isWhole, let endpoint = context.endpoint(of: attempt), endpoint.hasSecret else { return nil }
            return SignedAttempt(
                attempt: attempt,
                subject: context.subject(of: attempt),
                endpoint: endpoint,
                values: attempt.arrived.values(of: header),
                input: input(of: attempt, context.contract),
                key: context.keys.secret(of: endpoint.name)
            )
        }
    }

    private static func input(of attempt: AttemptView, _ contract: Contract) -> SigningInput {
        let id = contract.header(carrying: .eventID) ?? contract.header(carrying: .deliveryID)
        return SigningInput(
            body: attempt.body.bytes,
            id: id.flatMap { attempt.header($0.name) },
            timestamp: contract.header(carrying: .timestamp).flatMap { attempt.header($0.name) },
            envelopeJSON: attempt.body.value.map { Array($0.compact().utf8) }
        )
    }
}
