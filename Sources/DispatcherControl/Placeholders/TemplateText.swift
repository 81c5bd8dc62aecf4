/// A text with `{name}` in it.
///
/// Braces around anything but lower-case letters and `_` are plain characters.
package struct TemplateText: Sendable, Hashable {
    /// A part of the text.
    package enum Piece: Sendable, Hashable {
        case literal(String)
        case placeholder(String)
    }

    /// The parts, in order.
    package let pieces: [Piece]

    /// Finds the placeholders in `text`.
    package init(_ text: String) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.first {
            if character == "{", let end = rest.firstIndex(of: "}"),
                Self.isName(rest[rest.index(after: rest.startIndex)..<end])
            {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(.placeholder(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            } else {
                literal.append(character)
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    /// The name, when the text is one placeholder and nothing else.
    package var wholePlaceholder: String? {
        guard pieces.count == 1, case .placeholder(let name) = pieces[0] else { return nil }
        return name
    }

    /// The names of all placeholders, in order.
    package var names: [String] {
        pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }

    /// What the one placeholder of a line pattern stands for in `line`: everything up to the next white space or the
    /// pattern's next character.
    ///
    /// `nil` when the line does not match.
    package func capture(from line: String) -> (name: String, value: String)? {
        guard let index = pieces.firstIndex(where: { if case .placeholder = $0 { true } else { false } }) else {
            return nil
        }
        guard case .placeholder(let name) = pieces[index] else { return nil }
        var before = ""
        if index > 0, case .literal(let text) = pieces[index - 1] { before = text }
        var after = ""
        if index + 1 < pieces.count, case .literal(let text) = pieces[index + 1] { after = text }
        guard let start = before.isEmpty ? line.startIndex..<line.startIndex : line.firstRange(of: before) else {
            return nil
        }
        let tail = line[start.upperBound...]
        let value = tail.prefix { !$0.isWhitespace && $0 != after.first }
        guard !value.isEmpty, tail.dropFirst(value.count).hasPrefix(after) else { return nil }
        return (name, String(value))
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0 == "_" || ("a"..."z").contains($0) }
    }
}
