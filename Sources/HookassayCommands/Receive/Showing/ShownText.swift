import Notation

/// Shows what came from outside as it is, and so that none of it steers a terminal or the machine that reads a log.
package enum ShownText {
    /// The text in one line: whatever would not be seen, or would steer the terminal, is written as `\u{1B}` and the like.
    ///
    /// Giving it a shown text again changes nothing.
    package static func of(_ text: String) -> String {
        var shown = ""
        var afterHash = false
        for scalar in text.unicodeScalars {
            // `##vso[` and `##[` are orders to some build services wherever they stand in a line.
            if scalar == "#", afterHash {
                shown += "\\u{23}"
            } else if let escape = VisibleText.escape(of: scalar) {
                shown += escape
            } else if isUnseen(scalar) {
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
            afterHash = scalar == "#"
        }
        return shown
    }

    /// The bytes as text; those that are not UTF-8 are written as `\xFF`.
    package static func of(_ bytes: some RandomAccessCollection<UInt8>) -> String {
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            if let scalar = leadingScalar(of: rest, startingWith: first) {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                text += "\\x" + String(first, radix: 16, uppercase: true)
                rest = rest.dropFirst()
            }
        }
        return of(text)
    }

    /// A shown text cut to so many cells of a terminal, with `…` in the last one when something is left out.
    package static func cut(_ shown: String, toCells limit: Int) -> String {
        var cells = 0
        var scalars = 0
        var fitting = shown.unicodeScalars.startIndex
        for index in shown.unicodeScalars.indices {
            cells += VisibleText.cells(of: shown.unicodeScalars[index])
            scalars += 1
            // Marks that take no cell must not make a line without end.
            guard cells <= limit, scalars / 4 <= limit else {
                return String(shown.unicodeScalars[..<fitting]) + "…"
            }
            if cells < limit { fitting = shown.unicodeScalars.index(after: index) }
        }
        return shown
    }

    /// How many cells of a terminal a shown text takes.
    static func cells(of shown: String) -> Int {
        shown.unicodeScalars.reduce(0) { $0 + VisibleText.cells(of: $1) }
    }

    private static func leadingScalar<Rest: RandomAccessCollection<UInt8>>(
        of rest: Rest,
        startingWith first: UInt8
    ) -> Unicode.Scalar? {
        let length =
            switch first {
            case 0x00...0x7F: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0 else { return nil }
        return String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first
    }

    /// Says that a character by itself is harmless and can be seen.
    static func isShownAsItIs(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7E).contains(scalar.value) || VisibleText.escape(of: scalar) == nil && !isUnseen(scalar)
    }

    /// Format characters, tags among them, and code points without a character.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
