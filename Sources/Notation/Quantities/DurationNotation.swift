/// How durations are written: a number with a unit, or several from large to small, such as `5m`, `4m50s`, `1.5s`.
///
/// Units are `d`, `h`, `m`, `s`, `ms`, `us` and `ns`. Only the last number may have a fraction. A number without unit is
/// refused, since seconds and milliseconds are mistaken for each other too easily.
package enum DurationNotation {
    /// The longest duration that can be written: 36500 days, about a hundred years.
    package static let longest = Duration.seconds(36500 * 86400)

    /// Reads a duration, exact to the nanosecond.
    ///
    /// - Throws: a ``NotationError`` when the text has no unit, an unknown unit, a sign, units out of order, a fraction
    ///   of a nanosecond, or means more than ``longest``.
    package static func parse(_ text: String) throws(NotationError) -> Duration {
        var rest = text[...]
        var nanoseconds = 0
        var smallest: DurationUnit?
        guard !rest.isEmpty else { throw unreadable(text) }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let amount = ExactDecimal(number) else { throw unreadable(text) }
            rest = rest[number.endIndex...]
            let symbol = rest.prefix { !($0.isASCII && $0.isNumber) }
            rest = rest[symbol.endIndex...]
            guard !symbol.isEmpty else { throw withoutUnit(text, isWhole: smallest == nil) }
            guard let unit = DurationUnit(rawValue: String(symbol)) else { throw unknownUnit(symbol, in: text) }
            if let smallest, unit.nanoseconds >= smallest.nanoseconds {
                throw NotationError(
                    message: "'\(text)' has its units out of order",
                    help: "write each unit once, the largest first, such as `1h30m`"
                )
            }
            guard rest.isEmpty || amount.places == 0 else {
                throw NotationError(
                    message: "'\(text)' has a fraction before its last unit",
                    help: "only the last number may have a fraction, such as `1m1.5s`"
                )
            }
            nanoseconds += try length(of: amount, unit, in: text)
            guard .nanoseconds(nanoseconds) <= longest else { throw tooLong(text) }
            smallest = unit
        }
        return .nanoseconds(nanoseconds)
    }

    /// One number with its unit, in nanoseconds; at most ``longest``.
    private static func length(
        of amount: ExactDecimal,
        _ unit: DurationUnit,
        in text: String
    ) throws(NotationError) -> Int {
        switch amount.times(unit.nanoseconds) {
        case .whole(let nanoseconds) where .nanoseconds(nanoseconds) <= longest:
            return nanoseconds
        case .notWhole:
            throw NotationError(message: "'\(text)' is finer than a nanosecond", help: "leave out some digits")
        case .whole, .tooLarge:
            throw tooLong(text)
        }
    }

    private static func unreadable(_ text: String) -> NotationError {
        let help = "write a number with a unit, such as `500ms`, `5s`, `4m50s`, `2h` or `1d`"
        guard text.first == "-" || text.first == "\u{2212}" else {
            return NotationError(message: "'\(text)' is not a duration", help: help)
        }
        return NotationError(message: "'\(text)' is not a duration: it cannot be negative", help: help)
    }

    private static func withoutUnit(_ text: String, isWhole: Bool) -> NotationError {
        guard isWhole else {
            return NotationError(message: "the last number of '\(text)' has no unit", help: "write a unit after it")
        }
        return NotationError(
            message: "the duration '\(text)' has no unit",
            help: "write `\(text)s` or `\(text)m`, for example"
        )
    }

    private static func unknownUnit(_ symbol: Substring, in text: String) -> NotationError {
        let word = symbol.trimmingSpaces.lowercased()
        let meant = DurationUnit.allCases.first { $0.alsoSaid.contains(word) || $0.rawValue == word }
        let help =
            if let meant {
                "write `\(meant.rawValue)`, right after the number"
            } else {
                "the units are d, h, m, s, ms, us and ns"
            }
        return NotationError(message: "'\(symbol)' is not a unit of time", help: help)
    }

    private static func tooLong(_ text: String) -> NotationError {
        NotationError(message: "'\(text)' is longer than 36500 days", help: "write a shorter duration")
    }
}
