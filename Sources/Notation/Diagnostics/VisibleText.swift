/// Makes text safe and honest to show in a terminal or a report.
package enum VisibleText {
    /// Gives the text with every character that would not be seen, or would steer the terminal, written as `\u{1B}`.
    ///
    /// Line breaks and tabs are written as `\n`, `\r` and `\t`, so the result is always one line.
    package static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if let escape = escape(of: scalar) {
                result += escape
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Gives the visible text, cut off with `…` after a number of characters.
    package static func of(_ text: String, atMost length: Int) -> String {
        let start = text.unicodeScalars.prefix(length + 1)
        guard start.count > length else { return of(text) }
        return of(String(start.dropLast())) + "…"
    }

    /// Gives the visible form of a character that must not be shown as it is, or nil when it may.
    package static func escape(of scalar: Unicode.Scalar) -> String? {
        guard isHidden(scalar) else { return nil }
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }

    /// Tells how many terminal cells a character takes: 0 for combining ones, 2 for wide ones, else 1.
    ///
    /// The ranges are those of East Asian Width W and F (Unicode Standard Annex 11), rounded to whole blocks.
    package static func cells(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch scalar.value {
        case 0x200B...0x200D, 0xFE00...0xFE0F: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default:
            return 1
        }
    }

    /// Control characters, line and paragraph separators, and the marks that reverse the direction of writing.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
