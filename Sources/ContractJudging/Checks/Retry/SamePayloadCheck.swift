import DeliveryEvidence
import WebhookContracts

/// Y14: a retry carries the event as it was.
enum SamePayloadCheck {
    static let check = Check(
        "retry.same-payload",
        codes: ["Y14"],
        title: "A retry carries the body of the first attempt, byte for byte.",
        asks: "The bodies of all attempts of a delivery are the same bytes."
    ) { context in
        let clause = context.contract.retry.samePayload
        return context.deliveries.compactMap { delivery in
            let whole = delivery.attempts.filter(\.isWhole)
            guard let first = whole.first, whole.count > 1 else { return nil }
            let odd = whole.dropFirst().first { $0.body.bytes != first.body.bytes }
            if clause.isUnstated {
                let saw = odd == nil ? "it was the same on \(whole.count) attempts" : "it changed"
                return .unstated(delivery.subject, "Whether a retry carries the same body is not stated; \(saw).")
            }
            guard clause.value == true else { return nil }
            guard let odd else {
                return .held(delivery.subject, "\(whole.count) attempts carry the same body.", by: clause.basis)
            }
            return .violated(
                delivery.subject(odd),
                "The body differs from that of attempt \(first.ordinal) \(place(odd.body.bytes, first.body.bytes)).",
                comparison: Comparison(
                    promised: "the same bytes as on attempt \(first.ordinal)",
                    observed: "other bytes \(place(odd.body.bytes, first.body.bytes))"
                ),
                by: clause.basis
            )
        }
    }

    private static func place(_ bytes: [UInt8], _ first: [UInt8]) -> String {
        let common = zip(bytes, first).prefix { $0 == $1 }.count
        return "from byte \(common) on (\(bytes.count) bytes, \(first.count) before)"
    }
}
