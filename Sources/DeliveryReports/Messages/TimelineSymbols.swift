/// The signs a timeline is drawn with.
package enum TimelineSymbols: Sendable, Hashable, CaseIterable {
    case unicode
    /// For terminals that cannot show anything else.
    case ascii

    var arrival: Character { self == .unicode ? "▲" : "^" }
    var held: Character { self == .unicode ? "▓" : "#" }
    var wait: Character { self == .unicode ? "·" : "." }
    var opens: Character { "[" }
    var allowed: Character { self == .unicode ? "═" : "=" }
    var closes: Character { "]" }
    var emission: Character { self == .unicode ? "○" : "o" }
    var death: Character { self == .unicode ? "✗" : "x" }
    var end: Character { self == .unicode ? "┤" : "|" }
    /// Those that a terminal can show: ASCII where the locale names another character set than UTF-8.
    package static func suitable(in environment: [String: String]) -> TimelineSymbols {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
        guard let locale = names.first(where: { !$0.isEmpty })?.lowercased() else { return .unicode }
        return locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
    }

    /// The line with the marks of our own sentences as this alphabet has them; other letters stay as they are.
    func written(_ line: String) -> String {
        guard self == .ascii else { return line }
        let marks = [("→", "->"), ("…", "..."), ("±", "+/-"), ("·", "-"), ("—", "--"), ("§", "section")]
        return marks.reduce(line) { $0.replacing($1.0, with: $1.1) }
    }

    /// Where time is left out.
    var gap: String { self == .unicode ? "·//·" : ".//." }
}
