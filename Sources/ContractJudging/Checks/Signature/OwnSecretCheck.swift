import WebhookContracts
import WebhookSigning

/// S10: each endpoint's deliveries are signed with its own secret.
enum OwnSecretCheck {
    static let check = Check(
        "signature.own-secret",
        codes: ["S10"],
        title: "Each endpoint's requests are signed with that endpoint's own secret.",
        asks: "Among several endpoints with different secrets, a signature verifies with its endpoint's and no other's."
    ) { context in
        let stated = StatedScheme(context.contract.signature)
        let basis = context.contract.signature.header.basis
        return SignedAttempt.all(in: context).compactMap { signed in
            guard signed.value != nil, signed.obstacle == nil else { return nil }
            let others = context.endpoints.compactMap { endpoint -> (name: String, key: SigningKey)? in
                guard endpoint.name != signed.endpoint.name, let key = context.keys.secret(of: endpoint.name),
                    key != signed.key
                else { return nil }
                return (endpoint.name, key)
            }
            guard !others.isEmpty else { return nil }
            if let other = others.first(where: { other in
                stated.candidates.contains { signed.verifies($0, key: other.key) }
            }) {
                return .violated(signed.subject, "The signature verifies with the secret of \(other.name).", by: basis)
            }
            // A signature that verifies with no secret is told of by the check of its bytes.
            guard stated.candidates.contains(where: { signed.verifies($0) }) else { return nil }
            return .held(signed.subject, "The signature verifies with the endpoint's own secret only.", by: basis)
        }
    }
}
