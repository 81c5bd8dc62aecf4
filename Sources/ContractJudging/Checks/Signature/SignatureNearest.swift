import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// Finds what a wrong signature is the signature of, with everything that only the evidence and the keys can know.
struct SignatureNearest {
    private let signed: SignedAttempt
    private let context: JudgingContext

    init(_ signed: SignedAttempt, _ context: JudgingContext) {
        self.signed = signed
        self.context = context
    }

    /// Sentences without capital and full stop, the nearest first; no secret is among them, nor a signature.
    func explanations(_ value: String, _ scheme: SignatureScheme, _ key: SigningKey) -> [NearestReading] {
        SignatureDiagnosis.explanations(
            header: value,
            scheme: scheme,
            input: signed.input,
            key: key,
            alternatives: alternatives(apartFrom: key)
        ).map { NearestReading($0) }
    }

    private func alternatives(apartFrom key: SigningKey) -> SignatureAlternatives {
        var alternatives = SignatureAlternatives()
        let delivery = context.delivery(of: signed.attempt)
        for other in (delivery?.attempts ?? []).prefix(8) where other.number < signed.attempt.number {
            add(other, to: &alternatives)
        }
        if let payload = delivery?.emission.emitted.payload.bytes {
            alternatives.bodies.append((name: "as it was handed to the dispatcher", bytes: payload))
        }
        if signed.attempt.body.bytes != signed.input.body {
            alternatives.bodies.append((name: "after undoing its coding", bytes: signed.attempt.body.bytes))
        }
        alternatives.keys = keys(apartFrom: key)
        return alternatives
    }

    /// What an earlier attempt had in place of this one's parts.
    private func add(_ other: AttemptView, to alternatives: inout SignatureAlternatives) {
        let contract = context.contract
        let name = "attempt \(other.ordinal)"
        if other.arrived.body.bytes != signed.input.body {
            alternatives.bodies.append((name: "of \(name)", bytes: other.arrived.body.bytes))
        }
        if let header = contract.header(carrying: .timestamp)?.name, let value = other.header(header),
            value != signed.input.timestamp
        {
            alternatives.timestamps.append((name: "the timestamp of \(name)", value: value))
        }
        let id = contract.header(carrying: .eventID) ?? contract.header(carrying: .deliveryID)
        if let header = id?.name, let value = other.header(header), value != signed.input.id {
            alternatives.ids.append((name: "the id of \(name)", value: value))
        }
    }

    /// Secrets that are not this endpoint's at the time: an earlier or later one of its own, and those of the others.
    private func keys(apartFrom key: SigningKey) -> [(name: String, key: SigningKey)] {
        var keys: [(name: String, key: SigningKey)] = []
        if let entry = context.keys.endpoints[signed.endpoint.name] {
            let own = [entry.secret].compactMap(\.self) + entry.next
            let current = own.firstIndex(of: key) ?? 0
            for (index, other) in own.enumerated() where !signed.keys.contains(other) {
                let isOld = index < current
                keys.append((isOld ? "the secret from before it was changed" : "the secret that comes later", other))
            }
        }
        for endpoint in context.endpoints where endpoint.name != signed.endpoint.name {
            guard let other = context.keys.secret(of: endpoint.name), other != key else { continue }
            keys.append(("the secret of the endpoint \(endpoint.name)", other))
        }
        return Array(keys.prefix(16))
    }
}
