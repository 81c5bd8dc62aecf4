/// A place in a text file, counted as editors count: the first character is line 1, column 1.
///
/// Columns count Unicode scalars, as the YAML parser does; ``Diagnostic/rendered(in:)`` turns them into screen cells.
package struct SourcePosition: Sendable, Hashable, Comparable, Codable {
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int

    /// Makes a position from a line and a column, both from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders positions as they come when the file is read.
    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
