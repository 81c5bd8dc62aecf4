/// Refuses characters that YAML forbids, or on which YAML 1.1 and 1.2 disagree, before the parser sees them.
enum YAMLCharacters {
    /// Logs the first such character.
    ///
    /// - Returns: whether there was none.
    static func check(_ source: SourceText, log: DiagnosticLog) -> Bool {
        var offset = 0
        for scalar in source.text.unicodeScalars {
            if let problem = problem(with: scalar) {
                log.error(
                    "the file has \(problem)",
                    at: source.position(atByte: offset),
                    help: "remove it, or write it as \"\\u\(hexadecimal(scalar))\" in double quotes"
                )
                return false
            }
            offset += UTF8.width(scalar)
        }
        return true
    }

    /// YAML 1.2, section 5.1: which characters a file may contain.
    private static func problem(with scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
            0x10000...0x10FFFF:
            nil
        case 0x85, 0x2028, 0x2029:
            "the line separator U+\(hexadecimal(scalar)), which only some YAML readers take for a line break"
        case 0xFEFF:
            "a byte order mark in the middle of the text"
        default:
            "the control character U+\(hexadecimal(scalar))"
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
