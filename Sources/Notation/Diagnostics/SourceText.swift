/// A text file in memory, with the path people know it by.
package struct SourceText: Sendable, Hashable {
    /// The path as it was given, for messages.
    package let path: String
    /// The whole text, without a byte order mark.
    package let text: String

    /// Makes a source from a text that is already in memory.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// Gives one line without its line break, or nil when the file has no such line.
    ///
    /// Lines end at LF, CR LF or CR. A file that ends with a line break has an empty last line, as in editors.
    package func line(_ number: Int) -> String? {
        guard number >= 1 else { return nil }
        var rest = text.unicodeScalars[...]
        for _ in 1..<number {
            guard let end = rest.firstIndex(where: Self.isLineBreak) else { return nil }
            rest = rest[Self.indexAfterBreak(at: end, in: rest)...]
        }
        return String(rest.prefix { !Self.isLineBreak($0) })
    }

    /// Gives the position of the byte with this offset (from 0) in the UTF-8 form of the text.
    ///
    /// An offset inside a character means that character; one past the end means the end of the text.
    package func position(atByte offset: Int) -> SourcePosition {
        var position = SourcePosition(line: 1, column: 1)
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        var seen = 0
        while index < scalars.endIndex {
            let scalar = scalars[index]
            seen += UTF8.width(scalar)
            guard seen <= offset else { break }
            let next = scalars.index(after: index)
            // The CR of CR LF is a character at the end of its line; the LF ends it.
            let isHalfBreak = scalar == "\r" && next < scalars.endIndex && scalars[next] == "\n"
            if Self.isLineBreak(scalar), !isHalfBreak {
                position = SourcePosition(line: position.line + 1, column: 1)
            } else {
                position.column += 1
            }
            index = next
        }
        return position
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r"
    }

    private static func indexAfterBreak(
        at index: String.UnicodeScalarView.Index,
        in scalars: Substring.UnicodeScalarView
    ) -> String.UnicodeScalarView.Index {
        let next = scalars.index(after: index)
        guard scalars[index] == "\r", next < scalars.endIndex, scalars[next] == "\n" else { return next }
        return scalars.index(after: next)
    }
}
