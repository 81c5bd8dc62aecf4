import Foundation
package import Notation

/// Gives the subject of each event an id of its own in the shape of the example's, so that every emission of a scenario
/// can be told from the others by its body.
package enum SubjectNaming {
    /// The `number`-th id in the shape of `example`, or `nil` when that is neither a text nor a whole number.
    package static func id(like example: JSONValue, number: Int) -> JSONValue? {
        if let text = example.stringValue { return .string(id(like: text, number: number)) }
        return example.intValue.map { .number(String($0 + number)) }
    }

    /// The `number`-th id in the shape of `example`: a UUID keeps its form, base64 of a number stays base64 of a number,
    /// and anything else gets a suffix.
    package static func id(like example: String, number: Int) -> String {
        if UUID(uuidString: example) != nil {
            return example.prefix(24) + String(format: "%012d", number)
        }
        if let data = Data(base64Encoded: example), !data.isEmpty, data.allSatisfy(isDigit) {
            return Data(String(1000 + number).utf8).base64EncodedString()
        }
        return "\(example)-\(number)"
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
