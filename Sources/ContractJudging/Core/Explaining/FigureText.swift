import Notation

/// How comparisons write times: in seconds to the millisecond, so that they can be reckoned with.
package enum SecondsText {
    /// Gives such as `287.003s` or `21600.000s`; what is shorter than ten milliseconds keeps its own unit.
    ///
    /// The digits are rounded to the nearest millisecond.
    package static func of(_ duration: Duration) -> String {
        if duration < .zero { return "-" + of(.zero - duration) }
        guard duration == .zero || duration >= .milliseconds(10) else { return DurationNotation.text(duration) }
        let rounded = duration + .microseconds(500)
        let (seconds, attoseconds) = rounded.components
        let digits = String(attoseconds / 1_000_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: 3 - digits.count) + digits + "s"
    }
}

/// How shares are written.
enum PercentText {
    /// Gives such as `4.3 %`, `0.02 %` or, from ten times on, `60 times`.
    static func of(_ share: Double) -> String {
        guard share.isFinite, share >= 0 else { return "? %" }
        if share >= 10 { return share < 1e9 ? "\(Int(share.rounded())) times" : "more than a thousand million times" }
        let percent = share * 100
        return "\(decimal(percent, places: percent >= 1 ? 1 : 2)) %"
    }

    private static func decimal(_ number: Double, places: Int) -> String {
        let factor = places == 1 ? 10 : 100
        let (whole, rest) = Int((number * Double(factor)).rounded()).quotientAndRemainder(dividingBy: factor)
        guard rest > 0 else { return "\(whole)" }
        let digits = String(rest)
        return "\(whole)." + String(repeating: "0", count: places - digits.count) + digits
    }
}
