import DeliveryEvidence

/// The waits that were observed where the contract promises none, as one line over all deliveries.
enum UnstatedWaits {
    /// The most different series of waits that are named.
    private static let mostSeries = 3
    /// The most waits of a series that are named.
    private static let mostWaits = 8

    static func findings(in context: JudgingContext) -> [Finding] {
        var series: [(waits: [String], deliveries: Int)] = []
        for delivery in context.deliveries {
            let waits = waits(of: delivery, context)
            guard !waits.isEmpty else { continue }
            // One that ended sooner shows nothing that the longer one does not.
            if let index = series.firstIndex(where: { $0.waits.starts(with: waits) || waits.starts(with: $0.waits) }) {
                series[index].deliveries += 1
                if waits.count > series[index].waits.count { series[index].waits = waits }
            } else {
                series.append((waits, 1))
            }
        }
        guard !series.isEmpty else { return [] }
        let shown = series.prefix(mostSeries).map { entry in
            let more = entry.waits.count - mostWaits
            let list = entry.waits.prefix(mostWaits).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
            return entry.deliveries > 1 ? "\(list) (\(entry.deliveries) deliveries)" : list
        }
        let more = series.count - shown.count
        let rest = more > 0 ? "; and \(more) more series" : ""
        return [
            .unstated(
                nil,
                "When a failed delivery is tried again is not stated; retried after "
                    + shown.joined(separator: "; ") + rest + "."
            )
        ]
    }

    private static func waits(of delivery: Delivery, _ context: JudgingContext) -> [String] {
        zip(delivery.attempts, delivery.attempts.dropFirst()).compactMap { before, after in
            guard GapCheck.isRetry(after, of: before, context), let ended = before.ended else { return nil }
            return tenths(after.began - ended)
        }
    }

    /// A wait to the tenth of a second, so that the same wait of two deliveries looks the same.
    private static func tenths(_ wait: Duration) -> String {
        guard wait >= .milliseconds(100) else { return TimeText.of(wait) }
        let tenths = Int((wait / .milliseconds(100)).rounded())
        guard tenths < 6000 else { return TimeText.of(.seconds(tenths / 10)) }
        return "\(tenths / 10).\(tenths % 10)s"
    }
}
