import DeliveryEvidence
import WebhookContracts

/// L5: from when the limit counts.
enum LimitOriginCheck {
    /// Moments nearer to each other than this cannot be told apart by when the dispatcher gave up.
    private static let resolution = Duration.milliseconds(300)

    static let check = Check(
        "limit.origin",
        codes: ["L5"],
        title: "The response limit counts from the stated moment.",
        asks: """
            Of the opening of the connection, the first byte and the end of the request, which one the give-up fits best. \
            Reported only, unless they lie far enough apart to tell.
            """
    ) { context in
        context.attempts.compactMap { attempt in
            guard let reading = LimitReading(attempt, context), let cut = reading.cut, !reading.isCrossedByDeath else {
                return nil
            }
            let subject = context.subject(of: attempt)
            let since = { (origin: Stamp) in TimeText.of(cut - origin) }
            let received = attempt.arrived.bodyEnd ?? attempt.arrived.headEnd
            let figures =
                "given up \(since(reading.earliestOrigin)) after connecting, \(since(attempt.began)) after the first byte, "
                + "\(since(received)) after the whole request"
            guard received - reading.earliestOrigin >= resolution else {
                return .unstated(subject, "The moments lie too near to each other to tell: \(figures).")
            }
            let late = context.clockUncertainty(from: reading.earliestOrigin, to: cut)
            guard late.amount < resolution else {
                return .inconclusive(subject, "It cannot be told: \(figures); \(late.why).", by: reading.basis)
            }
            let distance = { (origin: Stamp) in abs(reading.limit.total, cut - origin) }
            guard distance(reading.origin) <= distance(reading.earliestOrigin) else {
                return .unstated(
                    subject,
                    "It seems to count from connecting, not from \(reading.limit.measuredFrom.rawValue): \(figures)."
                )
            }
            let from = reading.limit.measuredFrom.rawValue
            return .held(subject, "It counts from \(from): \(figures).", by: reading.basis)
        }
    }

    private static func abs(_ left: Duration, _ right: Duration) -> Duration {
        left < right ? right - left : left - right
    }
}
