extension JSONValue {
    /// Writes the value without spaces, in its own order: `{"a":[1,2]}`.
    ///
    /// Strings are escaped only where RFC 8259 demands it (quotes, backslash, controls below U+0020); everything else,
    /// U+2028 and characters beyond the basic plane too, stands there as itself.
    package func compact() -> String {
        var text = ""
        JSONWriter(comma: ",", colon: ":", isSorted: false).write(self, to: &text)
        return text
    }

    /// Writes the value with one space after each comma and colon, in its own order: `{"a": [1, 2]}`.
    ///
    /// This is what Python's `json.dumps` gives with `ensure_ascii=False`.
    package func spaced() -> String {
        var text = ""
        JSONWriter(comma: ", ", colon: ": ", isSorted: false).write(self, to: &text)
        return text
    }

    /// Writes the value without spaces and with the names of every object sorted by code point.
    package func sortedCompact() -> String {
        var text = ""
        JSONWriter(comma: ",", colon: ":", isSorted: true).write(self, to: &text)
        return text
    }
}

/// Writes JSON in one of its layouts.
private struct JSONWriter {
    let comma: String
    let colon: String
    let isSorted: Bool

    func write(_ value: JSONValue, to text: inout String) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let literal): text += literal
        case .string(let string): writeQuoted(string, to: &text)
        case .array(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += comma }
                write(item, to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in ordered(members).enumerated() {
                if index > 0 { text += comma }
                writeQuoted(member.name, to: &text)
                text += colon
                write(member.value, to: &text)
            }
            text += "}"
        }
    }

    /// The order of UTF-8 bytes is the order of code points.
    private func ordered(_ members: [JSONMember]) -> [JSONMember] {
        guard isSorted else { return members }
        return members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func writeQuoted(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{08}": text += "\\b"
            case "\u{0C}": text += "\\f"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
