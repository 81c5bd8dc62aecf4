import DeliveryEvidence
import FoundationEssentials
import Notation

extension JSONValue {
    /// Makes an object; a nil value becomes null.
    static func fields(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(pairs.map { JSONMember(name: $0.key, value: $0.value ?? .null) })
    }

    static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

    static func count(_ number: Int?) -> JSONValue? { number.map { .number(String($0)) } }

    /// Milliseconds with three digits behind the point.
    static func milliseconds(_ duration: Duration?) -> JSONValue? {
        guard let duration else { return nil }
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let (whole, rest) = abs(microseconds).quotientAndRemainder(dividingBy: 1000)
        let digits = String(repeating: "0", count: 3 - String(rest).count) + String(rest)
        return .number("\(microseconds < 0 ? "-" : "")\(whole).\(digits)")
    }

    /// RFC 3339 in UTC with milliseconds.
    static func time(_ date: Date) -> JSONValue {
        .string(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    /// Bytes as base64, and as text where they are UTF-8.
    static func content(_ bytes: [UInt8], size: Int) -> JSONValue {
        .fields([
            "bytes": .count(size),
            "cut": .bool(size > bytes.count),
            "text": .text(String(validating: bytes, as: UTF8.self)),
            "base64": .string(Data(bytes).base64EncodedString()),
        ])
    }
}
