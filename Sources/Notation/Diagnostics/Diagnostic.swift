/// One problem in one file: where it is, what it is, and the way out.
package struct Diagnostic: Error, Sendable, Hashable {
    /// How bad a problem is.
    package enum Severity: String, Sendable, Hashable {
        /// The file cannot be used.
        case error
        /// The file can be used, but probably says something else than was meant.
        case warning
    }

    /// How bad the problem is.
    package var severity: Severity
    /// The file's path as the person gave it.
    package var path: String
    /// Where in the file, or nil when the problem is the file itself.
    package var position: SourcePosition?
    /// What is wrong, in one sentence that starts in lower case and ends without a full stop.
    package var message: String
    /// The way out, in the same form.
    package var help: String?

    /// Describes one problem.
    package init(
        severity: Severity = .error,
        path: String,
        position: SourcePosition?,
        message: String,
        help: String? = nil
    ) {
        self.severity = severity
        self.path = path
        self.position = position
        self.message = message
        self.help = help
    }

    /// How many characters of a message or a help are shown; a message may quote a value of any length.
    private static let longestSentence = 600

    /// Gives the text that is shown to a person: `file:line:column: error: message`, the line with a caret, the help.
    ///
    /// Control characters are made visible, so a hostile file cannot steer the terminal that shows its mistakes.
    ///
    /// - Parameter source: the file the problem is in; without it (or with another file) no line is shown.
    /// - Returns: one to four lines, without a line break at the end.
    package func rendered(in source: SourceText?) -> String {
        var place = VisibleText.of(path)
        if let position { place += ":\(position.line):\(position.column)" }
        var lines = ["\(place): \(severity.rawValue): \(VisibleText.of(message, atMost: Self.longestSentence))"]
        var margin = "   "
        if let source, source.path == path, let position, let line = source.line(position.line) {
            let number = String(position.line)
            margin = String(repeating: " ", count: number.count + 2)
            let excerpt = SourceExcerpt(line: line, column: position.column)
            lines.append(" \(number) | \(excerpt.text)".trimmingTrailingSpaces)
            lines.append("\(margin)| \(String(repeating: " ", count: excerpt.caretCell))^")
        }
        if let help { lines.append("\(margin)= help: \(VisibleText.of(help, atMost: Self.longestSentence))") }
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var copy = self
        while copy.last == " " { copy.removeLast() }
        return copy
    }
}
