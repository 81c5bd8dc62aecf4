import WebhookContracts
import WebhookSigning

/// S13: bodies at the ends of the scale are signed like any other.
enum SignatureSizeCheck {
    /// From here on a body counts as large, in bytes.
    private static let large = 1 << 20

    static let check = Check(
        "signature.every-size",
        codes: ["S13"],
        title: "Empty, one-byte and very large bodies are signed as rightly as any other.",
        asks: "Where a body has no byte, one byte, or a mebibyte and more, its signature verifies."
    ) { context in
        let stated = StatedScheme(context.contract.signature)
        let basis = context.contract.signature.header.basis
        return SignedAttempt.all(in: context).compactMap { signed in
            let size = signed.attempt.body.bytes.count
            guard size <= 1 || size >= large, signed.value != nil else { return nil }
            if let obstacle = signed.obstacle {
                return .inconclusive(
                    signed.subject,
                    "The signature of \(size) bytes cannot be checked: \(obstacle).",
                    by: basis
                )
            }
            guard stated.candidates.contains(where: { signed.verifies($0) }) else {
                if stated.scheme == nil {
                    return .unstated(
                        signed.subject,
                        "The scheme is not fully stated; no likely one fits a body of \(size) bytes."
                    )
                }
                return .violated(signed.subject, "The signature of a body of \(size) bytes does not verify.", by: basis)
            }
            return .held(signed.subject, "A body of \(size) bytes is signed rightly.", by: basis)
        }
    }
}
