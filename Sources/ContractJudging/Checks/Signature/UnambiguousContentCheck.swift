import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// S11: nothing in what is signed can be split in another way.
enum UnambiguousContentCheck {
    static let check = Check(
        "signature.unambiguous",
        codes: ["S11"],
        title: "Neither id nor timestamp contains the character that separates the signed parts.",
        asks: """
            Where the signed content joins parts by a separator, the parts before the body do not contain it: else another \
            split of the same bytes would verify as well.
            """
    ) { context in
        let clause = context.contract.signature.content
        guard let content = clause.value, let separator = separator(of: content) else { return [] }
        return SignedAttempt.all(in: context).compactMap { signed in
            guard signed.value != nil else { return nil }
            let id = content == .idTimestampBody ? signed.input.id.map { ("id", $0) } : nil
            let parts = [id, signed.input.timestamp.map { ("timestamp", $0) }].compactMap(\.self)
            guard !parts.isEmpty else { return nil }
            if let bad = parts.first(where: { $0.1.contains(separator) }) {
                return .violated(
                    signed.subject,
                    "The \(bad.0) is \(bad.1.quoted): it contains \(separator.quoted), which separates the signed parts.",
                    by: clause.basis
                )
            }
            let names = parts.map(\.0).joined(separator: " nor ")
            let neither = parts.count > 1 ? "Neither \(names) contains" : "The \(names) does not contain"
            return .held(signed.subject, "\(neither) \(separator.quoted).", by: clause.basis)
        }
    }

    private static func separator(of content: SignedContent) -> String? {
        switch content {
        case .idTimestampBody: "."
        case .timestampBody(let separator): separator.isEmpty ? nil : separator
        case .versionTimestampBody: ":"
        case .body, .envelopeJSON, .messageBase: nil
        }
    }
}
