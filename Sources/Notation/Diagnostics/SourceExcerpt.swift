/// The part of a source line that is shown under a message, and where the caret goes.
package struct SourceExcerpt {
    /// The line as shown: tabs as spaces, hidden characters visible, long ends cut off with `…`.
    package let text: String
    /// How many terminal cells stand before the caret.
    package let caretCell: Int

    /// The widest excerpt, in terminal cells.
    package static let widest = 100
    /// What a tab is shown as; a real tab would make the caret's place depend on the terminal.
    private static let tab = "    "

    /// Lays out one line around a column (Unicode scalars, from 1; a column past the end means the end).
    ///
    /// - Parameter widest: how many terminal cells the excerpt may take.
    package init(line: String, column: Int, widest: Int = Self.widest) {
        // A hostile line may have millions of characters: only those near the column are looked at.
        let reach = 3 * widest
        let skipped = max(0, column - 1 - reach)
        let near = line.unicodeScalars.dropFirst(skipped).prefix(2 * reach)
        let pieces = near.map(Self.piece)
        let caret = max(0, min(column - 1 - skipped, pieces.count))

        var first = 0
        var caretCell = pieces[..<caret].reduce(0) { $0 + $1.cells }
        // Two thirds of the excerpt may stand before the caret: what led to the mistake is there.
        while caretCell > widest * 2 / 3 {
            caretCell -= pieces[first].cells
            first += 1
        }
        // A combining mark whose letter was cut off would sit on the cut sign.
        while first > 0, first < caret, pieces[first].cells == 0 { first += 1 }
        let isCut = first > 0 || skipped > 0
        var text = isCut ? "…" : ""
        var used = isCut ? 1 : 0
        caretCell += used
        for piece in pieces.dropFirst(first) {
            guard used + piece.cells <= widest else {
                text += "…"
                break
            }
            text += piece.text
            used += piece.cells
        }
        self.text = text
        self.caretCell = caretCell
    }

    private static func piece(for scalar: Unicode.Scalar) -> (text: String, cells: Int) {
        if scalar == "\t" { return (tab, tab.count) }
        if let escape = VisibleText.escape(of: scalar) { return (escape, escape.count) }
        return (String(Character(scalar)), VisibleText.cells(of: scalar))
    }
}
