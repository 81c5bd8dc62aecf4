import Foundation

/// The ways in which a secret can appear on the wire or in a log line.
enum SecretForms {
    /// The value itself, its base64 (both alphabets, with and without padding), percent-encoded and JSON-escaped.
    static func of(_ value: String) -> Set<[UInt8]> {
        base64(of: value).union([
            Array(value.utf8),
            percentEncoded(value, isUpperCase: true, spaceAsPlus: false),
            percentEncoded(value, isUpperCase: true, spaceAsPlus: true),
            percentEncoded(value, isUpperCase: false, spaceAsPlus: false),
            jsonEscaped(value, escapesSlash: false, asciiOnly: false),
            jsonEscaped(value, escapesSlash: true, asciiOnly: false),
            jsonEscaped(value, escapesSlash: false, asciiOnly: true),
            jsonEscaped(value, escapesSlash: true, asciiOnly: true),
        ])
    }

    /// The base64 of a text in the forms of RFC 4648 sections 4 and 5, with and without padding.
    static func base64(of value: String) -> Set<[UInt8]> {
        let padded = Data(value.utf8).base64EncodedString()
        var forms: Set<[UInt8]> = []
        for text in [padded, padded.replacing("+", with: "-").replacing("/", with: "_")] {
            forms.insert(Array(text.utf8))
            forms.insert(text.utf8.filter { $0 != UInt8(ascii: "=") })
        }
        return forms
    }

    /// RFC 3986 section 2.1; only unreserved characters stay.
    private static func percentEncoded(_ value: String, isUpperCase: Bool, spaceAsPlus: Bool) -> [UInt8] {
        value.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                return [byte]
            case UInt8(ascii: " ") where spaceAsPlus:
                return [UInt8(ascii: "+")]
            default:
                let digits = String(byte, radix: 16, uppercase: isUpperCase)
                return Array("%\(byte < 16 ? "0" : "")\(digits)".utf8)
            }
        }
    }

    /// RFC 8259 section 7, in the variants that common writers use.
    private static func jsonEscaped(_ value: String, escapesSlash: Bool, asciiOnly: Bool) -> [UInt8] {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "/" where escapesSlash: text += "\\/"
            case "\u{00}"..."\u{1F}": text += unicodeEscape(UInt16(scalar.value))
            case "\u{80}"... where asciiOnly:
                for unit in String(Character(scalar)).utf16 { text += unicodeEscape(unit) }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return Array(text.utf8)
    }

    private static func unicodeEscape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
