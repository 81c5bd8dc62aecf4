import DeliveryEvidence
import WebhookContracts

/// D7: the idempotency key is one that servers can read.
enum IdempotencyKeyCheck {
    static let check = Check(
        "dedup.idempotency-key",
        codes: ["D7"],
        title: "The idempotency key is a quoted string, the same on every attempt of an event and no other event's.",
        asks: """
            The header is there once, and is a string of a structured field (RFC 9651): visible ASCII between double quotes, \
            with `"` and `\\` escaped.
            """
    ) { context in
        guard let terms = context.contract.header(carrying: .idempotencyKey) else { return unstated(context) }
        let basis = terms.value.basis
        var findings: [Finding] = []
        var owners: [String: Delivery] = [:]
        for delivery in context.deliveries {
            var first: String?
            for attempt in delivery.attempts where attempt.arrived.malformed == nil {
                let subject = delivery.subject(attempt)
                let values = attempt.arrived.values(of: terms.name)
                guard let value = values.first, values.count == 1 else {
                    let saw = values.isEmpty ? "is missing" : "is given \(values.count) times"
                    findings.append(.violated(subject, "The header \(terms.name) \(saw).", by: basis))
                    continue
                }
                guard isString(value) else {
                    let text = "\(terms.name) is \(value.quoted), which is no string between double quotes."
                    findings.append(.violated(subject, text, by: basis))
                    continue
                }
                if let first, !first.isSameBytes(as: value) {
                    let text = "\(terms.name) is \(value.quoted); on the first attempt it was \(first.quoted)."
                    findings.append(.violated(subject, text, by: basis))
                    continue
                }
                first = first ?? value
                findings.append(.held(subject, "\(terms.name) is a quoted string, as on every attempt.", by: basis))
            }
            // Different endpoints belong to different receivers, which compare nothing with each other.
            guard let first, delivery.emission.emitted.again == nil else { continue }
            let place = "\(delivery.endpoint.name)\u{0}\(first)"
            if let other = owners[place] {
                let text = "\(other.emission.event) and \(delivery.emission.event) have the same \(terms.name)."
                findings.append(.violated(delivery.subject, text, by: basis))
            }
            owners[place] = owners[place] ?? delivery
        }
        return findings
    }

    /// Reports a header that nobody promised.
    private static func unstated(_ context: JudgingContext) -> [Finding] {
        let seen = context.attempts.compactMap { attempt in
            attempt.header("Idempotency-Key").map { (context.subject(of: attempt), $0) }
        }
        return seen.map { subject, value in
            let form = isString(value) ? "a quoted string" : "no quoted string"
            return .unstated(subject, "An idempotency key is not stated; Idempotency-Key was \(value.quoted), \(form).")
        }
    }

    /// RFC 9651 section 4.2.5, without parameters.
    static func isString(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        guard bytes.count >= 3, bytes.first == 0x22, bytes.last == 0x22 else { return false }
        var isEscaped = false
        for byte in bytes.dropFirst().dropLast() {
            guard (0x20...0x7E).contains(byte) else { return false }
            if isEscaped {
                guard byte == 0x22 || byte == 0x5C else { return false }
                isEscaped = false
            } else if byte == 0x22 {
                return false
            } else {
                isEscaped = byte == 0x5C
            }
        }
        return !isEscaped
    }
}
