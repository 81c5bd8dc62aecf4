package import Notation

/// What a measured time comes to when it is held against a window.
package struct WindowJudgement: Sendable, Hashable {
    /// Held, violated or inconclusive.
    package var outcome: Outcome
    /// Such as `287.003s, 6.997s before the window 4m54s..5m6s opens`; no capital, no full stop.
    package var sentence: String

    /// Judges a time.
    ///
    /// - Parameter uncertainty: by how much the harness may have mismeasured. When it reaches past the nearest edge of the
    ///   window, nothing is proven.
    package static func judge(observed: Duration, window: TimeWindow, uncertainty: Uncertainty) -> WindowJudgement {
        let span = "\(TimeText.of(window.earliest))..\(TimeText.of(window.latest))"
        let sentence: String
        let distance: Duration
        let isInside = window.contains(observed)
        if observed < window.earliest {
            distance = window.earliest - observed
            sentence = "\(TimeText.of(observed)), \(TimeText.of(distance)) before the window \(span) opens"
        } else if observed > window.latest {
            distance = observed - window.latest
            sentence = "\(TimeText.of(observed)), \(TimeText.of(distance)) after the window \(span) closed"
        } else {
            distance = min(observed - window.earliest, window.latest - observed)
            sentence = "\(TimeText.of(observed)), inside the window \(span)"
        }
        guard !uncertainty.isNone, uncertainty.amount >= distance else {
            return WindowJudgement(outcome: isInside ? .held : .violated, sentence: sentence)
        }
        return WindowJudgement(outcome: .inconclusive, sentence: "\(sentence), but \(uncertainty.why)")
    }
}

/// How the judge writes durations.
package enum TimeText {
    /// The duration to the millisecond, or as it is when it is shorter than ten milliseconds.
    package static func of(_ duration: Duration) -> String {
        guard duration >= .milliseconds(10) || duration <= .milliseconds(-10) else {
            return DurationNotation.text(duration)
        }
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return DurationNotation.text(.seconds(seconds) + .milliseconds(milliseconds))
    }
}
