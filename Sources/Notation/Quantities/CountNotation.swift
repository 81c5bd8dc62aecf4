/// How counts are written: `exactly 3`, `at most 3`, `at least 1`, `1..3`, or `3` for exactly 3.
package enum CountNotation {
    /// The largest count that can be written; it only keeps typing mistakes out.
    package static let largest = 1_000_000_000

    /// Reads a count.
    ///
    /// - Throws: a ``NotationError`` when the text has another form, the ends are swapped, or a number is negative or over
    ///   ``largest``.
    package static func parse(_ text: String) throws(NotationError) -> CountRange {
        let trimmed = String(text.trimmingSpaces)
        if let dots = trimmed.firstRange(ofText: "..") {
            let lowest = try number(trimmed[..<dots.lowerBound], in: text)
            let highest = try number(trimmed[dots.upperBound...], in: text)
            guard lowest <= highest else {
                throw NotationError(message: "'\(text)' ends before it starts", help: "write `\(highest)..\(lowest)`")
            }
            return CountRange(lowest: lowest, highest: highest)
        }
        if let rest = trimmed.dropping("exactly ") {
            let count = try number(rest, in: text)
            return CountRange(lowest: count, highest: count)
        }
        if let rest = trimmed.dropping("at most ") {
            return CountRange(lowest: 0, highest: try number(rest, in: text))
        }
        if let rest = trimmed.dropping("at least ") {
            return CountRange(lowest: try number(rest, in: text), highest: nil)
        }
        let count = try number(trimmed[...], in: text)
        return CountRange(lowest: count, highest: count)
    }

    private static func number(_ digits: Substring, in text: String) throws(NotationError) -> Int {
        let digits = digits.trimmingSpaces
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw NotationError(
                message: "'\(text)' is not a count",
                help: "write `exactly 3`, `at most 3`, `at least 1` or `1..3`"
            )
        }
        guard let count = Int(digits), count <= largest else {
            throw NotationError(message: "'\(text)' is too large a count", help: "write at most \(largest)")
        }
        return count
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
