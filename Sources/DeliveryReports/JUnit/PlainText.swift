/// Text of a program under test, made fit for a report.
enum PlainText {
    /// `text` without the escape sequences that colour a terminal or move its cursor (ECMA-48).
    static func withoutEscapeSequences(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "\u{1B}" || $0 == "\u{9B}" }) else { return text }
        var kept = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if let length = sequenceLength(rest) {
                rest = rest.dropFirst(length)
            } else {
                kept.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(kept)
    }

    /// The first line that is not blank, on one line of at most `limit` characters.
    static func headline(_ text: String, limit: Int = 200) -> String {
        let line = withoutEscapeSequences(text).split(whereSeparator: \.isNewline).first { line in
            line.contains { !$0.isWhitespace }
        }
        let shown = String(line ?? "").replacing("\t", with: " ")
        return shown.count <= limit ? shown : shown.prefix(limit - 1) + "…"
    }

    /// `text` cut to at most `limit` bytes of UTF-8 between two characters, with a word about the cut.
    static func capped(_ text: String, limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "\n… cut here; the whole of it is in the evidence"
    }

    /// How many characters the escape sequence at the start of `text` has; `nil` when none starts there.
    private static func sequenceLength(_ text: Substring.UnicodeScalarView) -> Int? {
        var scalars = text.makeIterator()
        switch scalars.next() {
        case "\u{9B}":
            return controlSequenceLength(after: 1, &scalars)
        case "\u{1B}":
            switch scalars.next() {
            case "[": return controlSequenceLength(after: 2, &scalars)
            case "]": return commandLength(after: 2, &scalars)
            // A choice of character set, such as ESC ( B, has one character more.
            case .some(let set) where ("\u{20}"..."\u{2F}").contains(set): return text.count > 2 ? 3 : 2
            case .some(let final) where ("\u{30}"..."\u{7E}").contains(final): return 2
            default: return nil
            }
        default: return nil
        }
    }

    /// Parameters and intermediates up to a final byte; one that never comes is no sequence.
    private static func controlSequenceLength(
        after start: Int,
        _ scalars: inout Substring.UnicodeScalarView.Iterator
    ) -> Int? {
        var length = start
        while let scalar = scalars.next() {
            length += 1
            if ("\u{40}"..."\u{7E}").contains(scalar) { return length }
            guard ("\u{20}"..."\u{3F}").contains(scalar) else { return nil }
        }
        return nil
    }

    /// An operating system command, such as a window's title, up to BEL or ESC `\`.
    private static func commandLength(
        after start: Int,
        _ scalars: inout Substring.UnicodeScalarView.Iterator
    ) -> Int? {
        var length = start
        while let scalar = scalars.next() {
            length += 1
            if scalar == "\u{07}" { return length }
            if scalar == "\u{1B}" { return scalars.next() == "\\" ? length + 1 : nil }
            if scalar == "\n" { return nil }
        }
        return nil
    }
}
