import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// S6: a retry is signed anew, or repeats the first attempt, as promised.
enum AttemptSigningCheck {
    static let check = Check(
        "signature.per-attempt",
        codes: ["S6"],
        title: "A retry is signed as promised: anew with a time of its own, or with the first attempt's bytes.",
        asks: """
            Frozen: body, signature and timestamp of every attempt are those of the first. Fresh: the timestamp is newer and \
            the signature verifies.
            """
    ) { context in
        let clause = context.contract.signature.perAttempt
        let signed = Dictionary(
            SignedAttempt.all(in: context).map { ($0.attempt.number, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let stated = StatedScheme(context.contract.signature)
        return context.deliveries.flatMap { delivery -> [Finding] in
            let attempts = delivery.attempts.compactMap { signed[$0.number] }.filter { $0.value != nil }
            guard let first = attempts.first else { return [] }
            return attempts.dropFirst().compactMap { retry in
                let changes = changes(from: first, to: retry, context)
                if clause.isUnstated {
                    let saw =
                        changes.isEmpty
                        ? "it repeated the first attempt" : "changed: \(changes.joined(separator: ", "))"
                    return .unstated(retry.subject, "Whether a retry is signed anew is not stated; \(saw).")
                }
                switch clause.value {
                case .frozen?: return frozen(retry, changes, clause.basis)
                case .fresh?: return fresh(retry, first, stated, context, clause.basis)
                case nil: return nil
                }
            }
        }
    }

    /// What differs between two attempts, among the things that signing is about.
    private static func changes(
        from first: SignedAttempt,
        to retry: SignedAttempt,
        _ context: JudgingContext
    ) -> [String] {
        var changes: [String] = []
        if first.attempt.body.bytes != retry.attempt.body.bytes { changes.append("the body") }
        if first.value != retry.value { changes.append("the signature") }
        if let name = context.contract.header(carrying: .timestamp)?.name,
            first.attempt.header(name) != retry.attempt.header(name)
        {
            changes.append("the timestamp")
        }
        return changes
    }

    private static func frozen(_ retry: SignedAttempt, _ changes: [String], _ basis: Basis) -> Finding {
        guard !changes.isEmpty else { return .held(retry.subject, "The retry repeats the first attempt.", by: basis) }
        let list = changes.joined(separator: ", ")
        return .violated(retry.subject, "A retry repeats the first attempt, but this differs: \(list).", by: basis)
    }

    private static func fresh(
        _ retry: SignedAttempt,
        _ first: SignedAttempt,
        _ stated: StatedScheme,
        _ context: JudgingContext,
        _ basis: Basis
    ) -> Finding {
        if let name = context.contract.header(carrying: .timestamp)?.name {
            guard let before = first.attempt.header(name).flatMap({ Int($0) }),
                let after = retry.attempt.header(name).flatMap({ Int($0) })
            else {
                return .violated(retry.subject, "\(name) is not a whole number of seconds on every attempt.", by: basis)
            }
            // Two attempts within one second may well have the same timestamp.
            let apart = retry.attempt.began - first.attempt.began
            guard after > before || (after == before && apart < .seconds(2)) else {
                let by = TimeText.of(apart)
                return .violated(
                    retry.subject,
                    "\(name) is not newer than on the first attempt, \(by) before.",
                    by: basis
                )
            }
        }
        if let obstacle = retry.obstacle {
            return .inconclusive(retry.subject, "The new signature cannot be checked: \(obstacle).", by: basis)
        }
        guard stated.candidates.contains(where: { retry.verifies($0) }) else {
            return .violated(retry.subject, "The retry's signature does not verify.", by: basis)
        }
        return .held(retry.subject, "The retry is signed anew.", by: basis)
    }
}
