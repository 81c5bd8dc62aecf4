/// A time as RFC 3339 writes it.
package struct WallTime: Sendable, Hashable {
    /// Since 1970-01-01T00:00:00Z; leap seconds are not counted.
    package var sinceEpoch: Duration
    /// How many digits the seconds have after the full stop.
    package var fractionDigits: Int
    /// Says that the time is marked with `Z` and not with a numeric offset.
    package var isZulu: Bool

    /// Reads `2026-03-03T14:30:00.000Z` or `2021-08-12T16:31:36-06:00`, strictly (RFC 3339 section 5.6); `nil` for
    /// anything else.
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard text.utf8.count <= 64,
            let year = Self.digits(4, &rest), Self.skip("-", &rest), let month = Self.digits(2, &rest),
            Self.skip("-", &rest), let day = Self.digits(2, &rest), Self.skip("T", &rest) || Self.skip("t", &rest),
            let hour = Self.digits(2, &rest), Self.skip(":", &rest), let minute = Self.digits(2, &rest),
            Self.skip(":", &rest), let second = Self.digits(2, &rest),
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var nanoseconds = 0
        fractionDigits = 0
        if Self.skip(".", &rest) {
            let fraction = rest.prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count)
            fractionDigits = fraction.count
            for place in 0..<9 {
                nanoseconds =
                    nanoseconds * 10 + (place < fraction.count ? Int(fraction[fraction.startIndex + place]) - 0x30 : 0)
            }
        }
        isZulu = Self.skip("Z", &rest) || Self.skip("z", &rest)
        var offset = 0
        if !isZulu {
            guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
            rest = rest.dropFirst()
            guard let hours = Self.digits(2, &rest), Self.skip(":", &rest), let minutes = Self.digits(2, &rest),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * 60 * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        let seconds = Self.dayNumber(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset
        sinceEpoch = .seconds(seconds) + .nanoseconds(nanoseconds)
    }

    private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    private static func skip(_ mark: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Counts days since 1970-01-01.
    ///
    /// The year is taken to begin in March, which puts the leap day last.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = shifted >= 0 ? shifted / 4 - shifted / 100 + shifted / 400 : -1
        return shifted * 365 + leapDays + dayOfYear - 719468
    }
}
