import DeliveryEvidence
import WebhookContracts

/// S3: without a secret there is no signature header.
enum SignatureAbsenceCheck {
    static let check = Check(
        "signature.absent-without-secret",
        codes: ["S3"],
        title: "Where no secret is configured, the signature header is left out.",
        asks: "Requests to an endpoint without a secret do not have the header at all, not even an empty one."
    ) { context in
        guard let header = context.contract.signature.header.value else { return [] }
        let clause = context.contract.signature.absentWithoutSecret
        return context.attempts.compactMap { attempt in
            guard attempt.arrived.malformed == nil, let endpoint = context.endpoint(of: attempt), !endpoint.hasSecret
            else {
                return nil
            }
            let subject = context.subject(of: attempt)
            let values = attempt.arrived.values(of: header)
            let saw = values.isEmpty ? "absent" : values[0].isEmpty ? "there and empty" : "there"
            if clause.isUnstated {
                return .unstated(subject, "What \(header) is without a secret is not stated; it was \(saw).")
            }
            guard clause.value == true else { return nil }
            if values.isEmpty { return .held(subject, "Without a secret, \(header) is absent.", by: clause.basis) }
            return .violated(subject, "No secret is configured, and \(header) is \(saw).", by: clause.basis)
        }
    }
}
