package import Notation

/// Writes a JSON envelope as `application/x-www-form-urlencoded`, with nested names in brackets.
package enum FormEncoding {
    /// Writes `{"data":{"topic":"A B"}}` as `data%5Btopic%5D=A+B`.
    ///
    /// Characters are escaped as the URL standard serialises forms: letters, digits and `*-._` stand for themselves, a
    /// space becomes `+`. Items of a list get `[]` after the name, null becomes an empty value, numbers keep their
    /// literal, and an empty object or list leaves nothing behind, for the format cannot say it.
    package static func text(of envelope: JSONValue) -> String {
        var pairs: [String] = []
        append(envelope, name: "", to: &pairs)
        return pairs.joined(separator: "&")
    }

    /// The envelope as whoever has only the form can tell it: every value a text, and nothing where the form has nothing.
    ///
    /// A signature over the envelope's JSON can only be checked when this is what it covers.
    package static func readBack(_ envelope: JSONValue) -> JSONValue {
        remains(of: envelope) ?? .object([])
    }

    private static func remains(of value: JSONValue) -> JSONValue? {
        switch value {
        case .object(let members):
            let kept = members.compactMap { member in
                remains(of: member.value).map { JSONMember(name: member.name, value: $0) }
            }
            return kept.isEmpty ? nil : .object(kept)
        case .array(let items):
            let kept = items.compactMap(remains(of:))
            return kept.isEmpty ? nil : .array(kept)
        case .null, .bool, .number, .string:
            return .string(text(ofScalar: value))
        }
    }

    /// A value that holds no others as the form writes it, before it is escaped.
    private static func text(ofScalar value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let literal): literal
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: ""
        }
    }

    private static func append(_ value: JSONValue, name: String, to pairs: inout [String]) {
        switch value {
        case .object(let members):
            for member in members {
                append(member.value, name: name.isEmpty ? member.name : "\(name)[\(member.name)]", to: &pairs)
            }
        case .array(let items):
            for item in items { append(item, name: "\(name)[]", to: &pairs) }
        case .null, .bool, .number, .string:
            pairs.append("\(escaped(name))=\(escaped(text(ofScalar: value)))")
        }
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
