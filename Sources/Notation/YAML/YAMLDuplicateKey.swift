/// Finds the second place of a key that is given twice: the parser only tells the first.
///
/// Works on the text, so it looks only where a key of the same mapping is sure to be found; `second` is nil elsewhere.
struct YAMLDuplicateKey {
    /// Where the key is given again, or nil when that is not certain.
    let second: SourcePosition?

    init(key: String, first: SourcePosition, source: SourceText) {
        let spellings = [key, "\"\(key)\"", "'\(key)'"].map { Array($0.unicodeScalars) }
        let lines = Self.lines(of: source.text)
        guard first.line >= 1, first.line <= lines.count else {
            second = nil
            return
        }
        let before = lines[first.line - 1].prefix(first.column - 1)
        if before.contains("{") {
            second = Self.inBraces(spellings, first: first, lines: lines)
        } else {
            second = Self.inBlock(spellings, first: first, lines: lines)
        }
    }

    private typealias Line = [Unicode.Scalar]

    private static func lines(of text: String) -> [Line] {
        // The scalar view never sees CR LF as one, so a CR stays at the line's end, where it does no harm.
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    /// In block style all keys of a mapping start in the same column, and the mapping ends at the first line left of it.
    private static func inBlock(_ spellings: [Line], first: SourcePosition, lines: [Line]) -> SourcePosition? {
        let indentation = first.column - 1
        for (index, line) in lines.enumerated().dropFirst(first.line) {
            guard let start = line.firstIndex(where: { $0 != " " && $0 != "\r" }), line[start] != "#" else { continue }
            if start < indentation { return nil }
            if start == indentation, spellings.contains(where: { isKey($0, at: start, in: line) }) {
                return SourcePosition(line: index + 1, column: first.column)
            }
        }
        return nil
    }

    /// In braces the next key at the same depth is looked for, past quotes and inner brackets.
    private static func inBraces(_ spellings: [Line], first: SourcePosition, lines: [Line]) -> SourcePosition? {
        var depth = 0
        var quote: Unicode.Scalar?
        var mayStartKey = false
        for (index, line) in lines.enumerated().dropFirst(first.line - 1) {
            for (column, scalar) in line.enumerated() where index >= first.line || column >= first.column - 1 {
                if mayStartKey, depth == 0, spellings.contains(where: { isKey($0, at: column, in: line) }) {
                    return SourcePosition(line: index + 1, column: column + 1)
                }
                if let open = quote {
                    if scalar == open { quote = nil }
                    continue
                }
                switch scalar {
                case "\"", "'": quote = scalar
                case "{", "[": depth += 1
                case "}", "]": depth -= 1
                default: break
                }
                if depth < 0 { return nil }
                if scalar == "," { mayStartKey = true } else if scalar != " ", scalar != "\r" { mayStartKey = false }
            }
        }
        return nil
    }

    private static func isKey(_ spelling: Line, at start: Int, in line: Line) -> Bool {
        guard line[start...].starts(with: spelling) else { return false }
        let rest = line[(start + spelling.count)...].drop { $0 == " " }
        guard rest.first == ":" else { return false }
        let next = rest.dropFirst().first
        return next == nil || next == " " || next == "\r" || spelling.first == "\""
    }
}
