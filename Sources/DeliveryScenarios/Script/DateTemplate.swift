package import Notation

/// A header's value that is the HTTP date of a moment before or after the request: `{http-date +120s}`.
package struct DateTemplate: Sendable, Hashable {
    /// How long after the request the moment lies; negative before it.
    package var offset: Duration

    /// Makes a date from its distance to the request.
    package init(offset: Duration) {
        self.offset = offset
    }

    private static let opening = "{http-date"

    /// Says that a value means to be such a date, rightly written or not.
    package static func isMeant(by text: String) -> Bool { text.hasPrefix(opening) }

    /// Reads a header's value; `nil` for one that is not meant to be such a date.
    ///
    /// - Throws: a `NotationError` when it is meant to be and is not rightly written.
    package init?(_ text: String) throws(NotationError) {
        guard Self.isMeant(by: text) else { return nil }
        let wrong = NotationError(
            message: "'\(text)' is not a date",
            help: "write `{http-date +120s}` or `{http-date -1h}`: so long after or before the request"
        )
        guard text.hasSuffix("}") else { throw wrong }
        let inner = text.dropFirst(Self.opening.count).dropLast().filter { $0 != " " }
        guard let sign = inner.first, sign == "+" || sign == "-",
            let length = try? DurationNotation.parse(String(inner.dropFirst()))
        else { throw wrong }
        offset = sign == "+" ? length : .zero - length
    }

    /// The date in the form that is not obsolete (RFC 9110 section 5.6.7), its second rounded down.
    ///
    /// - Parameter request: the moment of the request since 1970.
    package func text(forRequestAt request: Duration) -> String {
        let seconds = (request + offset).components.seconds
        let (day, second) = Int(seconds).quotientAndFloorRemainder(dividingBy: 86400)
        let date = CivilDate(daysSince1970: day)
        let clock = [second / 3600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: ":")
        let weekday = Self.weekdays[(day % 7 + 11) % 7]
        return "\(weekday), \(Self.twoDigits(date.day)) \(Self.months[date.month - 1]) \(date.year) \(clock) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// A day of the Gregorian calendar.
private struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    /// Counts from years that begin in March, so that leap days come last.
    init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndFloorRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int {
    /// Division that rounds down, so that the remainder is never negative.
    fileprivate func quotientAndFloorRemainder(dividingBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Reply {
    /// The reply with every date in the headers of its answer made, and the headers that were made so.
    ///
    /// - Parameter request: the moment of the request since 1970.
    package func dated(forRequestAt request: @autoclosure () -> Duration) -> (reply: Reply, made: [ReplyHeader]) {
        guard case .respond(var response) = self,
            response.headers.contains(where: { DateTemplate.isMeant(by: $0.value) })
        else { return (self, []) }
        let moment = request()
        var made: [ReplyHeader] = []
        for index in response.headers.indices {
            guard let template = try? DateTemplate(response.headers[index].value) else { continue }
            response.headers[index].value = template.text(forRequestAt: moment)
            made.append(response.headers[index])
        }
        return (.respond(response), made)
    }
}
