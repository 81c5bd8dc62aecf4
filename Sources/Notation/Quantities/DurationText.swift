extension DurationNotation {
    /// Writes a duration in its canonical form: `5m`, `1m30s`, `250ms`, `1.5s`, `0s`.
    ///
    /// Durations of a second and more are split into days, hours, minutes and seconds; shorter ones take the largest unit
    /// of which they have at least one. What is finer than a nanosecond is rounded toward zero. A negative duration, which
    /// only arises as a difference, gets a leading `-`; every other text is read back as the same duration by `parse`.
    package static func text(_ duration: Duration) -> String {
        if duration < .zero { return "-" + text(.zero - duration) }
        let (seconds, attoseconds) = duration.components
        let fraction = Int(attoseconds / 1_000_000_000)
        guard seconds > 0 else { return shortText(nanoseconds: fraction) }
        let largeUnits: [(DurationUnit, Int64)] = [
            (.day, seconds / 86400), (.hour, seconds / 3600 % 24), (.minute, seconds / 60 % 60),
        ]
        var text = ""
        for (unit, count) in largeUnits where count > 0 { text += "\(count)\(unit.rawValue)" }
        if seconds % 60 > 0 || fraction > 0 {
            text += decimal(whole: Int(seconds % 60), fraction: fraction, places: 9) + "s"
        }
        return text
    }

    private static func shortText(nanoseconds: Int) -> String {
        for (unit, places) in [(DurationUnit.millisecond, 6), (.microsecond, 3)] where nanoseconds >= unit.nanoseconds {
            let (whole, fraction) = nanoseconds.quotientAndRemainder(dividingBy: unit.nanoseconds)
            return decimal(whole: whole, fraction: fraction, places: places) + unit.rawValue
        }
        return nanoseconds == 0 ? "0s" : "\(nanoseconds)ns"
    }

    private static func decimal(whole: Int, fraction: Int, places: Int) -> String {
        guard fraction > 0 else { return "\(whole)" }
        var digits = String(fraction)
        digits = String(repeating: "0", count: places - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
