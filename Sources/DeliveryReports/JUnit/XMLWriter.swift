/// Writes XML, with the two traps of test reports closed: characters that XML 1.0 cannot hold, and white space in
/// attributes.
struct XMLWriter {
    private(set) var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    private var depth = 0

    /// Writes an element with children.
    mutating func element(_ name: String, _ attributes: [(String, String)], children: (inout XMLWriter) -> Void) {
        text += indentation + "<" + name + Self.list(attributes) + ">\n"
        depth += 1
        children(&self)
        depth -= 1
        text += indentation + "</" + name + ">\n"
    }

    /// Writes an element that holds text, or nothing.
    mutating func element(_ name: String, _ attributes: [(String, String)], content: String? = nil) {
        text += indentation + "<" + name + Self.list(attributes)
        if let content, !content.isEmpty {
            text += ">" + Self.escaped(content) + "</" + name + ">\n"
        } else {
            text += "/>\n"
        }
    }

    private var indentation: String { String(repeating: "  ", count: depth) }

    private static func list(_ attributes: [(String, String)]) -> String {
        attributes.map { name, value in
            // A parser turns raw line ends in attributes into spaces; character references survive.
            let kept = escaped(value).replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
            return " \(name)=\"\(kept)\""
        }.joined()
    }

    /// The text with XML's own characters escaped, without escape sequences of terminals, and with every character that
    /// XML 1.0 cannot hold made visible as `#x1B`.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in PlainText.withoutEscapeSequences(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\r": escaped += "&#13;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
                escaped += "#x" + String(scalar.value, radix: 16, uppercase: true)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
