import WebhookContracts

/// Y15: a first attempt that has another limit than the retries.
enum FirstAttemptLimitCheck {
    static let check = Check(
        "limit.first-attempt",
        codes: ["Y15"],
        title: "At the first attempt of a delivery, the receiver has the time that is promised for it.",
        asks: """
            A first attempt without an answer is given up at the limit for first attempts, not before it and not much after it; \
            the retries have the other limit, of which `limit.kept` speaks.
            """
    ) { context in
        guard context.contract.firstResponseLimit.value != nil else { return [] }
        return context.attempts.compactMap { attempt in
            guard let reading = LimitReading(attempt, context), reading.isOfFirstAttempt else { return nil }
            return reading.judged(context.subject(of: attempt))
        }
    }
}
