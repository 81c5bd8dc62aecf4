package import Notation

/// How sets of HTTP statuses are written: `2xx`, `204`, `200-204`, or a list of these.
package enum StatusNotation {
    /// Reads one range of statuses.
    ///
    /// - Throws: a `NotationError` for anything but a class, a status from 100 to 599, or a rising range of them.
    package static func parse(_ text: String) throws(NotationError) -> ClosedRange<Int> {
        let help = "write a class such as `2xx`, a status such as `204`, or a range such as `200-204`"
        if text.hasSuffix("xx"), text.utf8.count == 3, let digit = Int(text.prefix(1)), (1...5).contains(digit) {
            return (digit * 100)...(digit * 100 + 99)
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
            end.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(end) : nil
        }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else {
            throw NotationError(message: "'\(text)' is not an HTTP status", help: help)
        }
        guard (100...599).contains(first), (100...599).contains(last), first <= last else {
            throw NotationError(message: "'\(text)' is not a range of HTTP statuses from 100 to 599", help: help)
        }
        return first...last
    }

    /// Writes one range as it is read.
    package static func text(_ range: ClosedRange<Int>) -> String {
        if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
        if range.lowerBound % 100 == 0, range.upperBound == range.lowerBound + 99 {
            return "\(range.lowerBound / 100)xx"
        }
        return "\(range.lowerBound)-\(range.upperBound)"
    }
}

extension TermForm where Value == StatusSet {
    /// A status, a class or a range, or a list of these.
    static var statuses: Self {
        let ranges = TermForm<[ClosedRange<Int>]>.list(of: StatusNotation.parse, write: StatusNotation.text)
        return Self(
            read: { reader, key in
                ranges.read(&reader, key).map { StatusSet(ranges: $0) }
            },
            write: { ranges.write($0.ranges) }
        )
    }
}

extension TermForm where Value == ResponseLimit {
    /// A duration and what it is measured from: `30s from start`, `1s from receipt`.
    static var responseLimit: Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: "a limit such as `30s from start`") { text throws(NotationError) in
                    let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
                    let total = try DurationNotation.parse(parts.first ?? text)
                    guard parts.count == 3, parts[1] == "from", let origin = LimitOrigin(rawValue: parts[2]) else {
                        throw NotationError(
                            message: "'\(text)' does not say what the limit is measured from",
                            help:
                                "write `\(DurationNotation.text(total)) from start` (of the attempt) or `… from receipt`"
                        )
                    }
                    return ResponseLimit(total: total, measuredFrom: origin)
                }
            },
            write: { "\(DurationNotation.text($0.total)) from \($0.measuredFrom.rawValue)" }
        )
    }
}
