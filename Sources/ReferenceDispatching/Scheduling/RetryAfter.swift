package import FoundationEssentials
package import WebhookContracts

/// What a `Retry-After` header asks for (RFC 9110 section 10.2.3).
package enum RetryAfter: Sendable, Hashable {
    /// To wait this long.
    case delay(Duration)
    /// To wait until then.
    case date(Date)

    /// The longest wait a receiver can ask for; more would let one answer park a delivery for ever.
    package static let longest = Duration.seconds(24 * 60 * 60)

    /// More than a hundred years is as good as more.
    private static let mostSeconds = 36500 * 24 * 60 * 60

    /// Reads a header's value: seconds (a fraction is rounded up) or an HTTP date in any of its three forms.
    ///
    /// - Returns: nil for everything else, negative numbers included; the schedule then stands.
    package init?(_ text: String) {
        let text = text.trimmingBlanks
        if let date = HTTPDate.parse(text) {
            self = .date(date)
            return
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.allSatisfy(\.isDigits) else { return nil }
        // A number too large to be read is too long a wait anyway.
        let seconds = min(Int(whole) ?? .max, Self.mostSeconds)
        let hasFraction = parts.dropFirst().contains { $0.contains { $0 != "0" } }
        self = .delay(.seconds(seconds + (hasFraction ? 1 : 0)))
    }

    /// The form of a header's value that could be read.
    package static func form(of text: String) -> RetryAfterForm? {
        switch RetryAfter(text) {
        case .date?: .date
        case .delay?: text.contains(".") ? .fraction : .seconds
        case nil: nil
        }
    }

    /// The earliest time of the next attempt, at most `cap` after `now`; a date in the past gives that date.
    package func date(from now: Date, atMost cap: Duration = RetryAfter.longest) -> Date {
        let asked =
            switch self {
            case .delay(let delay): now.advanced(by: delay)
            case .date(let date): date
            }
        return min(asked, now.advanced(by: cap))
    }
}

extension StringProtocol {
    fileprivate var isDigits: Bool {
        !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
