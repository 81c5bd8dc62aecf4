/// A span of time in which something has to happen, counted from an origin that its user names.
///
/// Written `5m ± 2%`, `5m -1s/+30s` or `4m50s..5m30s`.
package struct TimeWindow: Sendable, Hashable {
    /// The first moment that is right, inclusive; not negative.
    package var earliest: Duration
    /// The last moment that is right, inclusive; not before `earliest`.
    package var latest: Duration
    /// The moment that was promised, when the window was written as one moment and a tolerance.
    package var nominal: Duration?

    /// Makes a window from its two ends.
    package init(earliest: Duration, latest: Duration, nominal: Duration? = nil) {
        self.earliest = earliest
        self.latest = latest
        self.nominal = nominal
    }

    /// Tells whether a moment is inside the window; both ends are.
    package func contains(_ moment: Duration) -> Bool {
        earliest <= moment && moment <= latest
    }

    /// Reads a window.
    ///
    /// - Parameter fallback: the tolerance of a duration that stands alone; without it such a duration is refused, since
    ///   nothing ever happens at exactly its time.
    /// - Throws: a ``NotationError`` when a part is unreadable, the ends are swapped or the tolerance is missing.
    package static func parse(
        _ text: String,
        default fallback: Tolerance? = nil
    ) throws(NotationError) -> TimeWindow {
        let trimmed = String(text.trimmingSpaces)
        if let dots = trimmed.firstRange(ofText: "..") {
            return try span(trimmed[..<dots.lowerBound], trimmed[dots.upperBound...], in: trimmed)
        }
        guard let sign = trimmed.firstIndex(where: { "±+-\u{2212}".contains($0) }), sign > trimmed.startIndex else {
            guard !trimmed.contains(" ") else {
                throw NotationError(
                    message: "'\(trimmed)' is not a time window",
                    help: "write `5m ± 2%`, `5m -1s/+30s` or `4m50s..5m30s`"
                )
            }
            let nominal = try DurationNotation.parse(trimmed)
            if let fallback { return fallback.window(around: nominal) }
            throw NotationError(
                message: "'\(trimmed)' has no tolerance",
                help: "write `\(trimmed) ± 2%`, `\(trimmed) -0s/+1s` or a span such as `4m50s..5m30s`"
            )
        }
        let nominal = try DurationNotation.parse(String(trimmed[..<sign].trimmingSpaces))
        return try Tolerance.parse(String(trimmed[sign...])).window(around: nominal)
    }

    /// The canonical written form, with the tolerance as durations: `5m ± 6s`, `5m -1s/+30s` or `4m50s..5m30s`.
    package var text: String {
        guard let nominal, earliest <= nominal, nominal <= latest else {
            return "\(DurationNotation.text(earliest))..\(DurationNotation.text(latest))"
        }
        let tolerance = Tolerance(early: .absolute(nominal - earliest), late: .absolute(latest - nominal))
        return "\(DurationNotation.text(nominal)) \(tolerance.text)"
    }

    private static func span(
        _ start: Substring,
        _ end: Substring,
        in text: String
    ) throws(NotationError) -> TimeWindow {
        let earliest = try DurationNotation.parse(String(start.trimmingSpaces))
        let latest = try DurationNotation.parse(String(end.trimmingSpaces))
        guard earliest <= latest else {
            throw NotationError(
                message: "'\(text)' ends before it starts",
                help: "write `\(DurationNotation.text(latest))..\(DurationNotation.text(earliest))`"
            )
        }
        return TimeWindow(earliest: earliest, latest: latest)
    }
}
