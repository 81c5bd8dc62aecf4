extension Tolerance.Bound {
    /// The bound as a duration, for a given nominal duration; a part is rounded to the nanosecond.
    package func duration(of nominal: Duration) -> Duration {
        switch self {
        case .absolute(let duration):
            return duration
        case .relative(let part):
            let (seconds, attoseconds) = nominal.components
            let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds / 1_000_000_000)
            let product = (nanoseconds * part).rounded()
            // A part can be ten times a hundred years, which nanoseconds in 64 bits do not reach.
            guard product < 9e18 else { return DurationNotation.longest }
            return .nanoseconds(Int64(product))
        }
    }

    /// The canonical written form: `2%` or `500ms`.
    package var text: String {
        switch self {
        case .absolute(let duration):
            return DurationNotation.text(duration)
        case .relative(let part):
            let millionths = Int((part * 1e8).rounded())
            let (whole, fraction) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
            guard fraction > 0 else { return "\(whole)%" }
            var digits = String(String(1_000_000 + fraction).dropFirst())
            while digits.last == "0" { digits.removeLast() }
            return "\(whole).\(digits)%"
        }
    }

    /// Reads `2%` or a duration.
    static func parse(_ text: Substring) throws(NotationError) -> Tolerance.Bound {
        guard text.last == "%" else {
            if ExactDecimal(text) != nil {
                throw NotationError(
                    message: "the tolerance '\(text)' has no unit",
                    help: "write `\(text)%` or `\(text)s`, for example"
                )
            }
            return .absolute(try DurationNotation.parse(String(text)))
        }
        guard let percent = ExactDecimal(text.dropLast().trimmingSpaces) else {
            throw NotationError(message: "'\(text)' is not a percentage", help: "write a number and `%`, such as `2%`")
        }
        guard percent.double <= 1000 else {
            throw NotationError(message: "'\(text)' is over 1000%", help: "write the tolerance as a duration")
        }
        return .relative(percent.double / 100)
    }
}
