import DeliveryEvidence
import WebhookContracts

/// Y10: the attempt's number grows by one.
enum AttemptNumberCheck {
    static let check = Check(
        "retry.attempt-number",
        codes: ["Y10"],
        title: "The attempt's number starts at 0 or 1 and grows by one with each attempt.",
        asks: "The header holds a whole number on every attempt; the number never repeats or falls, and skips none."
    ) { context in
        guard let terms = context.contract.header(carrying: .attemptNumber) else { return [] }
        return context.deliveries.compactMap { judge($0, terms, context) }
    }

    /// An attempt that a crash cut off may have been counted without being seen, or seen without being counted; one that
    /// was over for a while was counted.
    private static func mayBeUncounted(_ attempt: AttemptView, _ death: Stamp) -> Bool {
        attempt.ended.map { death - $0 < JudgingContext.patience / 2 } ?? true
    }

    private static func judge(_ delivery: Delivery, _ terms: HeaderTerms, _ context: JudgingContext) -> Finding? {
        let basis = terms.value.basis
        var numbers: [(attempt: AttemptView, number: Int)] = []
        for attempt in delivery.attempts {
            // A header that is missing or given twice is the business of `headers.present`.
            guard let text = attempt.header(terms.name) else { return nil }
            guard let number = Int(text), String(number).isSameBytes(as: text) else {
                let wrong = "\(terms.name) is \(text.quoted), which is no number."
                return .violated(delivery.subject(attempt), wrong, by: basis)
            }
            numbers.append((attempt, number))
        }
        guard let first = numbers.first else { return nil }
        let seen = numbers.map { "\($0.number)" }.joined(separator: ", ")
        let details = context.timeline(of: delivery)
        let early = context.death(from: delivery.emission.emitted.asked, to: first.attempt.began) != nil
        guard (0...(early ? 2 : 1)).contains(first.number) else {
            let text = "\(terms.name) starts at \(first.number); 0 or 1 is promised."
            return .violated(delivery.subject(first.attempt), text, details: details, by: basis)
        }
        for (before, after) in zip(numbers, numbers.dropFirst()) where after.number != before.number + 1 {
            let step = after.number - before.number
            let text = "\(terms.name) went from \(before.number) to \(after.number) (seen: \(seen))."
            if let death = context.death(from: before.attempt.began, to: after.attempt.began),
                step == 2 || step == 0 && mayBeUncounted(before.attempt, death)
            {
                return .inconclusive(
                    delivery.subject(after.attempt),
                    "\(text) The process ended between them.",
                    by: basis
                )
            }
            return .violated(delivery.subject(after.attempt), text, details: details, by: basis)
        }
        return .held(delivery.subject, "\(terms.name) counts \(seen).", by: basis)
    }
}
