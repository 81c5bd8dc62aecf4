extension YAMLNode {
    /// The value as JSON, typed by the core schema of YAML 1.2 (section 10.3).
    ///
    /// Plain `null`, `~` and nothing become null, `true` and `false` booleans, numbers numbers; everything else and all
    /// text in quotes becomes a string, `yes`, `on` and `1:30` too. A number keeps its literal when JSON has the same
    /// form, else it is rewritten (`+5` to `5`, `0x1F` to `31`, `.5` to `0.5`). What JSON has no number for, such as
    /// `.inf`, stays text.
    package func json() -> JSONValue {
        switch self {
        case .scalar(let scalar): scalar.json()
        case .sequence(let sequence): .array(sequence.items.map { $0.json() })
        case .mapping(let mapping):
            .object(mapping.entries.map { JSONMember(name: $0.key.text, value: $0.value.json()) })
        }
    }
}

extension YAMLScalar {
    fileprivate func json() -> JSONValue {
        guard !isQuoted else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return YAMLNumber.literal(text).map { .number($0) } ?? .string(text)
        }
    }
}

/// The numbers of YAML's core schema.
enum YAMLNumber {
    /// Gives the JSON literal of a number, or nil when the text is no number or JSON has none like it.
    static func literal(_ text: String) -> String? {
        if let digits = text.dropping("0x") { return UInt64(strict: digits, radix: 16).map { String($0) } }
        if let digits = text.dropping("0o") { return UInt64(strict: digits, radix: 8).map { String($0) } }
        return decimal(text)
    }

    /// Reads `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
    private static func decimal(_ text: String) -> String? {
        var rest = text[...]
        let sign = rest.first == "-" ? "-" : ""
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        let whole = rest.takeDigits()
        var fraction: Substring?
        if rest.first == "." {
            rest.removeFirst()
            fraction = rest.takeDigits()
        }
        guard !whole.isEmpty || fraction?.isEmpty == false else { return nil }
        var exponent = ""
        if let letter = rest.first, letter == "e" || letter == "E" {
            rest.removeFirst()
            exponent.append(letter)
            if let exponentSign = rest.first, exponentSign == "-" || exponentSign == "+" {
                exponent.append(rest.removeFirst())
            }
            let digits = rest.takeDigits()
            guard !digits.isEmpty else { return nil }
            exponent += digits
        }
        guard rest.isEmpty else { return nil }
        // JSON wants digits on both sides of the point and no zeros in front.
        let significant = whole.drop { $0 == "0" }
        let point = fraction.map { "." + ($0.isEmpty ? "0" : $0) } ?? ""
        return sign + (significant.isEmpty ? "0" : significant) + point + exponent
    }
}

extension Substring {
    fileprivate mutating func takeDigits() -> Substring {
        let digits = prefix { $0.isASCII && $0.isNumber }
        self = self[digits.endIndex...]
        return digits
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}

extension UInt64 {
    /// Reads digits only: the standard initializer also takes a sign.
    fileprivate init?(strict digits: Substring, radix: Int) {
        guard digits.first?.isHexDigit == true else { return nil }
        self.init(digits, radix: radix)
    }
}
