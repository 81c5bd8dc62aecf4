import Notation

/// A plain-text table whose cells are wrapped to their columns.
struct TextTable {
    /// The width of each column, in characters; not smaller than one.
    let widths: [Int]
    /// What stands between two columns.
    static let gap = "  "

    /// Lays out one row; a cell may have several paragraphs, each of which starts on a line of its own.
    func row(_ cells: [[String]]) -> [String] {
        let columns = zip(cells, widths).map { paragraphs, width in
            paragraphs.flatMap { Self.wrap($0, to: width) }
        }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = zip(columns, widths).map { column, width in
                let text = line < column.count ? column[line] : ""
                return text + String(repeating: " ", count: max(0, width - text.count))
            }
            return Self.trimmed(parts.joined(separator: Self.gap))
        }
    }

    /// Breaks a text at spaces into lines of at most `width` characters; a longer word is cut.
    ///
    /// Characters that would steer a terminal are made visible first.
    /// Leading spaces stay, and every line after the first has `hanging` more of them.
    static func wrap(_ text: String, to width: Int, hanging: Int = 0) -> [String] {
        let text = VisibleText.of(text)
        let lead = String(text.prefix { $0 == " " })
        let indent = lead + String(repeating: " ", count: hanging)
        var lines: [String] = []
        var line = lead
        var isFresh = true
        for word in text.split(separator: " ") {
            var word = word
            if !isFresh {
                if line.count + 1 + word.count <= width {
                    line += " " + word
                    continue
                }
                lines.append(line)
                line = indent
            }
            while line.count + word.count > width, width > line.count {
                let part = word.prefix(width - line.count)
                lines.append(line + part)
                word = word.dropFirst(part.count)
                line = indent
            }
            line += word
            isFresh = false
        }
        return lines + [line]
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
