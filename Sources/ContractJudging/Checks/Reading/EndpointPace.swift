import DeliveryEvidence
import WebhookContracts

/// How fast attempts came to one endpoint: how many were open at once, and how many began in which time.
struct EndpointPace {
    /// In order of arrival.
    let attempts: [AttemptView]
    let context: JudgingContext

    /// The attempts at an endpoint from `start` on.
    init(at endpoint: EndpointView, from start: Stamp, _ context: JudgingContext) {
        attempts = context.attempts.filter { $0.arrived.endpoint == endpoint.name && $0.began >= start }
            .sorted { $0.began < $1.began }
        self.context = context
    }

    /// The most attempts that were certainly open at the same moment, and that moment; `nil` without any.
    ///
    /// What begins at the instant at which another ends follows it. A stamp may be late, so that an overlap shorter than that
    /// is none.
    var peak: (count: Int, at: Stamp)? {
        var best: (count: Int, at: Stamp)?
        var open: [Stamp] = []
        for attempt in attempts {
            let end = attempt.ended.map { $0 + (.zero - context.unrecordedStall) } ?? context.observedEnd
            open.removeAll { $0 <= attempt.began }
            guard end > attempt.began else { continue }
            open.append(end)
            if open.count > best?.count ?? 0 { best = (open.count, attempt.began) }
        }
        return best
    }

    /// The most attempts that certainly began within `window`, and when the first of them did; `nil` without any.
    ///
    /// The window is taken a twentieth shorter: requests take different times on their way.
    func busiest(_ window: Duration) -> (count: Int, at: Stamp)? {
        let length = window - window / 20 - context.unrecordedStall
        var best: (count: Int, at: Stamp)?
        var first = 0
        for (index, attempt) in attempts.enumerated() {
            while attempt.began - attempts[first].began >= length { first += 1 }
            if index - first + 1 > best?.count ?? 0 { best = (index - first + 1, attempts[first].began) }
        }
        return best
    }

    /// What was seen, in words.
    var words: String {
        let atOnce =
            peak.map { "at most \($0.count) attempts were open at once" } ?? "no two attempts were open at once"
        let second = busiest(.seconds(1)).map { ", and \($0.count) began within a second" } ?? ""
        return atOnce + second
    }
}
