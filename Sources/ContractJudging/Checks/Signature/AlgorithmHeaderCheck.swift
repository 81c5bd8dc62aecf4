import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// S4: the header that names the algorithm is there and tells the truth.
enum AlgorithmHeaderCheck {
    static let check = Check(
        "signature.algorithm-header",
        codes: ["S4"],
        title: "The header that names the signing algorithm is there and true.",
        asks: "It has the documented text once, and the signature does not verify under another algorithm instead."
    ) { context in
        guard let terms = context.contract.headers.first(where: HeaderPresenceCheck.namesAlgorithm),
            case .literal(let wanted)? = terms.value.value
        else { return [] }
        let stated = StatedScheme(context.contract.signature)
        let basis = terms.value.basis
        return SignedAttempt.all(in: context).map { signed in
            let values = signed.attempt.arrived.values(of: terms.name)
            guard let value = values.first, values.count == 1 else {
                let saw = values.isEmpty ? "is missing" : "is given \(values.count) times"
                return .violated(signed.subject, "The header \(terms.name) \(saw).", by: basis)
            }
            guard value.isSameBytes(as: wanted) else {
                return .violated(signed.subject, "\(terms.name) is \(value.quoted), not \(wanted.quoted).", by: basis)
            }
            if let other = otherAlgorithm(signed, named: wanted, stated) {
                return .violated(
                    signed.subject,
                    "\(terms.name) says \(wanted), and the signature is \(other.displayName).",
                    by: basis
                )
            }
            return .held(signed.subject, "\(terms.name) is \(wanted).", by: basis)
        }
    }

    /// The algorithm under which the signature verifies, when it is not the one named.
    private static func otherAlgorithm(
        _ signed: SignedAttempt,
        named name: String,
        _ stated: StatedScheme
    ) -> SigningAlgorithm? {
        let algorithms: [SigningAlgorithm] = [.hmacSHA256, .hmacSHA1, .hmacSHA512]
        return algorithms.first { algorithm in
            algorithm.rawValue != name.lowercased()
                && stated.candidates.contains { candidate in
                    var scheme = candidate
                    scheme.algorithm = algorithm
                    return signed.verifies(scheme)
                }
        }
    }
}
