import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// S9: a changed secret is used at once, and the old one for as long as promised and no longer.
enum RotationCheck {
    static let check = Check(
        "signature.rotation",
        codes: ["S9"],
        title:
            "After a change of the secret both sign for the promised time, the new one first, and then the new one alone.",
        asks: """
            In the time in which two secrets count, the header has a signature by each, the current one's first; after it, \
            nothing verifies with the old secret any more.
            """
    ) { context in
        guard !context.history.rotations.isEmpty, context.contract.signature.perAttempt.value != .frozen else {
            return []
        }
        let clause = context.contract.signature.rotation
        guard let scheme = StatedScheme(context.contract.signature).scheme else { return [] }
        return refused(context, clause)
            + SignedAttempt.all(in: context).compactMap { signed in
                guard let value = signed.value, signed.obstacle == nil,
                    let rotation = context.rotations(of: signed.endpoint.name).last(where: {
                        context.isAfter($0, signed.attempt)
                    })
                else { return nil }
                let seen = Signers(value, scheme, signed.input, rotation)
                guard let grace = clause.value ?? (clause.isNone ? .zero : nil) else {
                    return .unstated(signed.subject, "How a secret is changed is not stated; \(seen.words).")
                }
                return judge(seen, grace, signed, rotation, context)
            }
    }

    /// Which of the two secrets signed, and where in the list.
    private struct Signers {
        var new: Int?
        var old: Int?

        init(_ value: String, _ scheme: SignatureScheme, _ input: SigningInput, _ rotation: SecretRotation) {
            let list = scheme.isVersioned ? value.split(separator: " ").map(String.init) : [value]
            new = list.firstIndex { scheme.verify(header: $0, input: input, key: rotation.new).isValid }
            old = list.firstIndex { scheme.verify(header: $0, input: input, key: rotation.old).isValid }
        }

        var words: String {
            switch (new, old) {
            case (_?, _?): "both secrets signed"
            case (_?, nil): "the new secret alone signed"
            case (nil, _?): "the old secret alone signed"
            case (nil, nil): "neither secret signed"
            }
        }
    }

    private static func judge(
        _ seen: Signers,
        _ grace: Duration,
        _ signed: SignedAttempt,
        _ rotation: SecretRotation,
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.signature.rotation.basis
        let elapsed = signed.attempt.began - rotation.done
        let when = "\(TimeText.of(elapsed)) after the change"
        guard let new = seen.new else {
            return .violated(signed.subject, "\(when), nothing is signed with the new secret.", by: basis)
        }
        let doubt = context.uncertainty(from: rotation.asked, to: signed.attempt.began).amount + JudgingContext.patience
        // The dispatcher may count from when it was asked, and signs a little before the request arrives.
        if signed.attempt.began - rotation.asked <= grace - doubt {
            guard let old = seen.old else {
                let text = "\(when) the new secret alone signed; the old one counts for \(TimeText.of(grace))."
                return .violated(signed.subject, text, by: basis)
            }
            guard new < old else {
                return .violated(
                    signed.subject,
                    "\(when) the old secret's signature stands before the new one's.",
                    by: basis
                )
            }
            return .held(signed.subject, "\(when) both secrets signed, the new one first.", by: basis)
        }
        guard elapsed > grace + doubt else { return nil }
        guard seen.old == nil else {
            let text = "\(when) the old secret still signed; it counts for \(TimeText.of(grace))."
            return .violated(signed.subject, text, by: basis)
        }
        return .held(signed.subject, "\(when) the new secret alone signed.", by: basis)
    }

    /// A promised change that the dispatcher refuses.
    private static func refused(_ context: JudgingContext, _ clause: Clause<Duration>) -> [Finding] {
        guard clause.value != nil else { return [] }
        return context.history.rotations.filter { !$0.value.accepted }.map { record in
            let text = "The change of the secret was refused: \(record.value.detail)."
            return .violated(record.value.endpoint, text, by: clause.basis)
        }
    }
}
