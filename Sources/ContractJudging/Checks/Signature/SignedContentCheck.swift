import WebhookContracts
import WebhookSigning

/// S5: the signature covers what the contract says, no more and no less.
enum SignedContentCheck {
    private static let known: [SignedContent] = [
        .body, .envelopeJSON, .idTimestampBody, .timestampBody(separator: "."), .timestampBody(separator: ":"),
        .versionTimestampBody,
    ]

    static let check = Check(
        "signature.content",
        codes: ["S5"],
        title: "The signature covers the content that the contract says.",
        asks: "The signature verifies over the stated content, and not over another known one in its place."
    ) { context in
        let terms = context.contract.signature
        let stated = StatedScheme(terms)
        return SignedAttempt.all(in: context).compactMap { signed in
            guard signed.value != nil, signed.obstacle == nil else { return nil }
            guard let content = terms.content.value else {
                guard terms.content.isUnstated else { return nil }
                let seen = covered(by: signed, among: stated.candidates)
                let saw = seen.map { "it covers \($0.displayName)" } ?? "it covers nothing known"
                return .unstated(signed.subject, "What the signature covers is not stated; \(saw).")
            }
            if stated.candidates.contains(where: { signed.verifies($0) }) {
                return .held(signed.subject, "The signature covers \(content.displayName).", by: terms.content.basis)
            }
            // A signature that covers nothing known is told of by the check of its bytes.
            guard let other = covered(by: signed, among: stated.candidates) else { return nil }
            return .violated(
                signed.subject,
                "The signature covers \(other.displayName) instead of \(content.displayName).",
                by: terms.content.basis
            )
        }
    }

    private static func covered(by signed: SignedAttempt, among candidates: [SignatureScheme]) -> SignedContent? {
        for candidate in candidates {
            for content in known {
                var scheme = candidate
                scheme.content = content
                if signed.verifies(scheme) { return content }
            }
        }
        return nil
    }
}
