import DeliveryEvidence
import Notation
import WebhookContracts
import WebhookSigning

/// S1: the signature is that of the bytes that came.
enum SignatureBytesCheck {
    static let check = Check(
        "signature.bytes",
        codes: ["S1"],
        title: "Every request is signed, and the signature is that of the bytes that arrived.",
        asks: "With the endpoint's secret, the signature header verifies over the request as received."
    ) { context in
        let terms = context.contract.signature
        if terms.header.isUnstated { return unsigned(context) }
        let stated = StatedScheme(terms)
        let basis = terms.header.basis
        var diagnoses = 0
        return SignedAttempt.all(in: context).map { signed in
            if signed.values.count != 1 {
                let saw = signed.values.isEmpty ? "is missing" : "is given \(signed.values.count) times"
                return .violated(signed.subject, "The header \(terms.header.value ?? "") \(saw).", by: basis)
            }
            if let obstacle = signed.obstacle {
                return .inconclusive(signed.subject, "The signature cannot be checked: \(obstacle).", by: basis)
            }
            guard let scheme = stated.scheme else { return open(signed, stated) }
            guard let value = signed.value, let key = signed.key else {
                return .inconclusive(signed.subject, "The signature cannot be checked.", by: basis)
            }
            switch scheme.verify(header: value, input: signed.input, keys: signed.keys) {
            case .valid: return .held(signed.subject, "The signature verifies.", by: basis)
            case .invalid(.notVerifiable(let error)):
                return unverifiable(error, signed, basis)
            case .invalid(let fault):
                diagnoses += 1
                // Looking for the nearest explanation is dear, and the first few tell the story.
                let reasons =
                    diagnoses <= 3 ? SignatureNearest(signed, context).explanations(value, scheme, key) : []
                return .violated(
                    signed.subject,
                    fault.description,
                    comparison: Comparison(
                        promised: StatedScheme.words(scheme),
                        observed: "a value of \(value.count) characters, which does not verify"
                    ),
                    nearest: reasons,
                    by: basis
                )
            }
        }
    }

    private static func unsigned(_ context: JudgingContext) -> [Finding] {
        context.attempts.map { attempt in
            let names = attempt.arrived.headers.map(\.name).filter { name in
                let low = name.lowercased()
                return low.contains("signature") || low.contains("hmac")
            }
            let saw = names.isEmpty ? "none was seen" : "the header \(names[0].quoted) was seen"
            return .unstated(context.subject(of: attempt), "No signature is stated; \(saw).")
        }
    }

    /// Says which of the schemes that fit the contract the signature has.
    private static func open(_ signed: SignedAttempt, _ stated: StatedScheme) -> Finding {
        let parts = stated.unstated.joined(separator: ", ")
        guard let scheme = stated.candidates.first(where: { signed.verifies($0) }) else {
            return .unstated(
                signed.subject,
                "Of the signature, this is not stated: \(parts); no likely reading of it verifies."
            )
        }
        return .unstated(
            signed.subject,
            "Of the signature, this is not stated: \(parts); it verifies as \(StatedScheme.words(scheme))."
        )
    }

    private static func unverifiable(
        _ error: SigningError,
        _ signed: SignedAttempt,
        _ basis: Basis
    ) -> Finding {
        // A key that does not fit the scheme is the scenario's fault; a missing part of the request is the dispatcher's.
        if case .unusableKey = error {
            return .inconclusive(signed.subject, "The signature cannot be checked: \(error.description)", by: basis)
        }
        return .violated(signed.subject, error.description, by: basis)
    }
}
