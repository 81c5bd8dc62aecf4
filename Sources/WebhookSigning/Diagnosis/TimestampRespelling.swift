import FoundationEssentials

/// Other ways in which a program might have written the same timestamp before it signed it.
enum TimestampRespelling {
    /// The alternatives, each with words that complete "with …"; none for what is not a whole number.
    static func alternatives(to timestamp: String?) -> [(name: String, value: String)] {
        guard let timestamp, timestamp.utf8.count <= 16, let number = Int64(timestamp), number > 0 else { return [] }
        // A number of this size counts milliseconds since 1970 unless the year is past 5000.
        let isMilliseconds = number >= 100_000_000_000
        let seconds = isMilliseconds ? number / 1000 : number
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        return [
            isMilliseconds
                ? (name: "the timestamp in seconds", value: String(seconds))
                : (name: "the timestamp in milliseconds", value: String(number * 1000)),
            (name: "the timestamp as RFC 3339", value: date.formatted(.iso8601)),
        ]
    }
}
