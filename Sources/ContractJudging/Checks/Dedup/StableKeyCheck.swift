import DeliveryEvidence
import Notation
import WebhookContracts

/// D1 and D2: every attempt of a delivery carries the same key.
enum StableKeyCheck {
    static let header = Check(
        "dedup.key-stable",
        codes: ["D1"],
        title: "Every attempt of a delivery carries the same deduplication key in its header.",
        asks: "The header is there on every attempt and holds the same bytes as on the first."
    ) { context in
        let clause = context.contract.dedup
        return series(in: context).compactMap { subject, attempts in
            if clause.isUnstated {
                let isSame = attempts.allSatisfy { $0.body.bytes == attempts[0].body.bytes }
                let saw = "the bodies of \(attempts.count) attempts were \(isSame ? "identical" : "not identical")"
                return .unstated(subject, "By what receivers deduplicate is not stated; \(saw).")
            }
            guard let reading = DedupReading(context.contract), let name = reading.key.header else { return nil }
            let keys = attempts.map { reading.headerKey(of: $0) }
            if let missing = keys.firstIndex(of: nil) {
                let text = "Attempt \(missing + 1) has no single \(name), by which receivers deduplicate."
                return .violated(subject, text, by: clause.basis)
            }
            return judge(subject, "key in \(name)", keys.compactMap(\.self), attempts, context)
        }
    }

    static let fields = Check(
        "dedup.natural-key-stable",
        codes: ["D2"],
        title: "Every attempt of a delivery has the same values in the fields that receivers deduplicate by.",
        asks: "The body fields that make the key are there on every attempt and hold what they held on the first."
    ) { context in
        guard let reading = DedupReading(context.contract), !reading.key.fields.isEmpty else { return [] }
        let basis = context.contract.dedup.basis
        let names = reading.key.fields.map(\.text).joined(separator: ", ")
        return series(in: context).compactMap { subject, attempts in
            guard attempts.allSatisfy(\.isWhole) else { return nil }
            let keys = attempts.map { reading.fieldKey(of: $0) }
            if let missing = keys.firstIndex(of: nil) {
                return .violated(subject, "Attempt \(missing + 1) lacks a field of the key (\(names)).", by: basis)
            }
            return judge(
                subject,
                "key (\(names))",
                keys.compactMap { $0?.joined(separator: ", ") },
                attempts,
                context
            )
        }
    }

    /// The deliveries that were attempted more than once.
    private static func series(in context: JudgingContext) -> [(String, [AttemptView])] {
        let all =
            context.deliveries.map { ($0.subject, $0.attempts) } + context.activations.map { ($0.subject, $0.attempts) }
        return all.filter { $0.1.count > 1 }
    }

    private static func judge(
        _ subject: String,
        _ name: String,
        _ keys: [String],
        _ attempts: [AttemptView],
        _ context: JudgingContext
    ) -> Finding {
        let basis = context.contract.dedup.basis
        guard let odd = keys.firstIndex(where: { !$0.isSameBytes(as: keys[0]) }) else {
            return .held(subject, "\(keys.count) attempts have the same \(name).", by: basis)
        }
        return .violated(
            subject,
            "On attempt \(odd + 1) the \(name) is \(keys[odd].quoted); on the first it was \(keys[0].quoted).",
            comparison: Comparison(
                promised: "the same \(name) on every attempt",
                observed: "\(Set(keys).count) different ones on \(keys.count) attempts"
            ),
            nearest: Set(keys).count == keys.count
                ? ["every attempt gets a key of its own, as if it were drawn when the request is made"] : [],
            by: basis
        )
    }
}
