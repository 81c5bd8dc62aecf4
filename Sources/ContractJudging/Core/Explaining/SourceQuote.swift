package import Notation

/// The place in a file in which a promise is written: its line, and the part of it that is meant.
package struct SourceQuote: Sendable, Hashable {
    /// The lines, with their numbers; one, or two where the promise goes on in the next.
    package var lines: [Line]
    /// In which of the lines the caret stands.
    package var marked: Int
    /// Where the caret begins, in Unicode scalars from 1.
    package var column: Int
    /// How many characters it underlines; at least 1.
    package var length: Int

    /// One line of a file.
    package struct Line: Sendable, Hashable {
        package var number: Int
        package var text: String

        package init(number: Int, text: String) {
            self.number = number
            self.text = text
        }
    }

    /// Quotes what stands at a position; `nil` when the file has no such line.
    ///
    /// A key is quoted with what it says: the value on its own line, or the line below.
    package init?(_ source: SourceText, at position: SourcePosition) {
        guard let text = source.line(position.line) else { return nil }
        lines = [Line(number: position.line, text: text)]
        marked = 0
        column = max(1, position.column)
        length = Self.length(of: text.unicodeScalars.dropFirst(column - 1))
        guard Self.isOnlyKey(text), let next = source.line(position.line + 1), !next.allSatisfy(\.isWhitespace) else {
            return
        }
        let indent = next.unicodeScalars.prefix { $0 == " " }.count
        guard indent > text.unicodeScalars.prefix(while: { $0 == " " }).count else { return }
        lines.append(Line(number: position.line + 1, text: next))
        marked = 1
        column = indent + 1
        length = Self.length(of: next.unicodeScalars.dropFirst(indent))
    }

    /// From a key to the end of what it says, or of the word that stands there.
    private static func length(of rest: Substring.UnicodeScalarView) -> Int {
        let bounded = Array(rest.prefix(400))
        var depth = 0
        var quote: Unicode.Scalar?
        var end = 0
        for (index, scalar) in bounded.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
                end = index + 1
                continue
            }
            switch scalar {
            case "\"", "'": quote = index == 0 || bounded[index - 1] == " " ? scalar : nil
            case "[": depth += 1
            case "]": depth -= 1
            // The source and the rest of the clause are told apart from what it says.
            case ",", "}":
                if depth == 0 { return max(1, end) }
            case "#":
                if index > 0, bounded[index - 1] == " " { return max(1, end) }
            default: break
            }
            if scalar != " " { end = index + 1 }
        }
        return max(1, end)
    }

    private static func isOnlyKey(_ text: String) -> Bool {
        let bare = text.prefix { $0 != "#" }.reversed().drop(while: \.isWhitespace)
        return bare.first == ":"
    }
}
