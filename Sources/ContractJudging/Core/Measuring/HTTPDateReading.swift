/// Reads the form of HTTP dates that is not obsolete (RFC 9110 section 5.6.7).
enum HTTPDateReading {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The moment since 1970 that `Sun, 06 Nov 1994 08:49:37 GMT` names; `nil` for anything else.
    static func sinceEpoch(_ text: String) -> Duration? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
            let month = months.firstIndex(of: String(words[2])), words[1].utf8.count == 2, words[3].utf8.count == 4
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return WallTime("\(words[3])-\(number)-\(words[1])T\(words[4])Z")?.sinceEpoch
    }

    /// Says that a text looks like a date in whatever form, so that it is no mere rubbish.
    static func looksLikeDate(_ text: String) -> Bool {
        text.contains("GMT") || text.split(separator: " ").contains { months.contains(String($0)) }
    }
}
