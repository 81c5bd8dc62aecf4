import DeliveryEvidence
import Notation
import WebhookContracts
import WebhookSigning

/// S12: the digest is that of the body, and the signature covers it.
enum DigestCheck {
    static let check = Check(
        "signature.digest",
        codes: ["S12"],
        title: "Content-Digest is right for the bytes that arrived, and a message signature covers it.",
        asks: """
            The header holds a digest by SHA-256 or SHA-512 of the body on the wire (RFC 9530), and no wrong one; where the \
            request is signed as a message (RFC 9421), the digest is among what is signed.
            """
    ) { context in
        guard let terms = context.contract.header(carrying: .contentDigest) else { return unstated(context) }
        let basis = terms.value.basis
        return context.attempts.compactMap { attempt in
            guard attempt.isWhole else { return nil }
            let subject = context.subject(of: attempt)
            let values = attempt.arrived.values(of: terms.name)
            guard !values.isEmpty else {
                return .violated(subject, "The header \(terms.name) is missing.", by: basis)
            }
            guard !attempt.arrived.bodyRedacted else {
                let text = "The digest cannot be checked: a secret was cut out of the body in the evidence."
                return .inconclusive(subject, text, by: basis)
            }
            let field = values.joined(separator: ", ")
            guard case .valid = ContentDigest.verify(field: field, body: attempt.arrived.body.bytes) else {
                return .violated(subject, "\(terms.name) is \(field.quoted): \(problem(field, attempt)).", by: basis)
            }
            return covered(terms, attempt, subject, context)
        }
    }

    private static func problem(_ field: String, _ attempt: AttemptView) -> String {
        if attempt.body.bytes != attempt.arrived.body.bytes,
            case .valid = ContentDigest.verify(field: field, body: attempt.body.bytes)
        {
            return "that is the digest of the unpacked body, not of the bytes on the wire"
        }
        switch ContentDigest.verify(field: field, body: attempt.arrived.body.bytes) {
        case .invalid(.mismatch): return "that is not the digest of the body that came"
        case .invalid(.wrongPrefix), .invalid(.empty): return "it has no digest by SHA-256 or SHA-512"
        default: return "it is no digest between colons in base64"
        }
    }

    /// A digest that is not signed protects nothing.
    private static func covered(
        _ terms: HeaderTerms,
        _ attempt: AttemptView,
        _ subject: String,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = terms.value.basis
        let isSigned = context.endpoint(of: attempt)?.hasSecret ?? false
        guard context.contract.signature.content.value == .messageBase, isSigned else {
            return .held(subject, "\(terms.name) is the digest of the body.", by: basis)
        }
        guard let covered = ReceivedMessage(attempt).covered(context.contract) else {
            return .violated(
                subject,
                "What the signature covers cannot be read.",
                by: context.contract.signature.content.basis
            )
        }
        guard covered.names.contains(terms.name.lowercased()) else {
            let list = covered.names.joined(separator: ", ")
            let text =
                "The signature covers \(VisibleText.of(list, atMost: 200)) and not the digest, so that it proves no body."
            return .violated(subject, text, by: context.contract.signature.content.basis)
        }
        return .held(subject, "\(terms.name) is the digest of the body, and the signature covers it.", by: basis)
    }

    /// Reports a digest that nobody promised.
    private static func unstated(_ context: JudgingContext) -> [Finding] {
        context.attempts.compactMap { attempt in
            guard attempt.isWhole, !attempt.arrived.bodyRedacted, let field = attempt.header("Content-Digest") else {
                return nil
            }
            let isRight = ContentDigest.verify(field: field, body: attempt.arrived.body.bytes).isValid
            let saw = isRight ? "it was right" : "it was \(field.quoted), which is not that of the body"
            return .unstated(context.subject(of: attempt), "Content-Digest is not stated; \(saw).")
        }
    }
}
