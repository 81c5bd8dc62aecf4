package import DeliveryEvidence
package import Notation

/// What was promised and what was seen, side by side in figures.
package struct Comparison: Sendable, Hashable {
    /// Such as `294.000s … 306.000s after attempt 1 ended (5m promised)`; no capital, no full stop.
    package var promised: String
    /// Such as `287.003s → 6.997s before the window opens, 12.997s (4.3 %) early`; no capital, no full stop.
    package var observed: String
    /// From when to when the measured time went; `nil` when nothing was measured.
    package var measured: ClosedRange<Stamp>?
    /// When it had to happen; `nil` when the promise is not about a time.
    package var window: ClosedRange<Stamp>?
    /// How far what was seen lies from the nearest edge of the window, inside or outside; never negative.
    package var margin: Duration?

    /// Compares anything but times, such as counts.
    package init(promised: String, observed: String) {
        self.promised = promised
        self.observed = observed
    }

    /// Compares a moment with the window it had to lie in.
    ///
    /// - Parameters:
    ///   - moment: when it happened.
    ///   - origin: from when the window counts.
    ///   - since: the origin in words that follow a duration, such as `after attempt 1 ended`.
    package init(_ moment: Stamp, in window: TimeWindow, from origin: Stamp, _ since: String) {
        let observed = moment - origin
        promised = Self.promised(window, since)
        self.observed = Self.observed(observed, window)
        measured = min(origin, moment)...max(origin, moment)
        let isEndless = window.latest >= Self.endless
        let latest = isEndless ? max(observed, window.earliest) : max(window.latest, window.earliest)
        self.window = (origin + window.earliest)...(origin + latest)
        let edges =
            [Self.abs(observed, window.earliest)] + (isEndless ? [] : [Self.abs(observed, window.latest)])
        // Nothing comes before its origin, so that a window from zero has only one edge.
        margin = (window.earliest == .zero ? edges.dropFirst().first : edges.min()) ?? .zero
    }

    /// A window that closes this late was never meant to close.
    private static let endless = Duration.seconds(36500 * 86400)

    private static func promised(_ window: TimeWindow, _ since: String) -> String {
        let stated = window.nominal.map { " (promised: \(TimeText.of($0)))" } ?? ""
        if window.latest >= endless { return "at least \(SecondsText.of(window.earliest)) \(since)\(stated)" }
        if window.earliest == .zero { return "at most \(SecondsText.of(window.latest)) \(since)" }
        return "\(SecondsText.of(window.earliest)) … \(SecondsText.of(window.latest)) \(since)\(stated)"
    }

    private static func observed(_ observed: Duration, _ window: TimeWindow) -> String {
        let isLong = observed >= .seconds(600)
        let figure = SecondsText.of(observed) + (isLong ? " (\(TimeText.of(observed)))" : "")
        if observed < window.earliest {
            let nominal = window.nominal ?? window.earliest
            let gap = window.earliest - observed
            let early = difference(observed, nominal, "early")
            // Where the window opens at the promised time itself, both differences are one.
            if nominal - window.earliest < gap / 100 { return "\(figure) → \(early)" }
            return "\(figure) → \(SecondsText.of(gap)) before the window opens, \(early)"
        }
        if observed > window.latest {
            let nominal = window.nominal ?? window.latest
            let late = difference(observed, nominal, "late")
            if nominal == window.latest { return "\(figure) → \(late)" }
            return "\(figure) → \(SecondsText.of(observed - window.latest)) after the window closed, \(late)"
        }
        return "\(figure) → inside the window"
    }

    private static func difference(_ observed: Duration, _ nominal: Duration, _ word: String) -> String {
        let amount = abs(observed, nominal)
        guard nominal > .zero else { return "\(SecondsText.of(amount)) \(word)" }
        return "\(SecondsText.of(amount)) (\(PercentText.of(amount / nominal))) \(word)"
    }

    private static func abs(_ left: Duration, _ right: Duration) -> Duration {
        left > right ? left - right : right - left
    }
}
