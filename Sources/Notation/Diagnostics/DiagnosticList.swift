/// All problems found in one go, sorted by file and position.
package struct DiagnosticList: Error, Sendable, Hashable {
    /// The problems; those about a whole file come before those inside it.
    package let diagnostics: [Diagnostic]

    /// Sorts the problems by path, then by position; problems at one place keep their order.
    package init(_ diagnostics: [Diagnostic]) {
        let numbered = diagnostics.enumerated().sorted { left, right in
            if left.element.path != right.element.path { return left.element.path < right.element.path }
            let start = SourcePosition(line: 0, column: 0)
            let leftPosition = left.element.position ?? start
            let rightPosition = right.element.position ?? start
            if leftPosition != rightPosition { return leftPosition < rightPosition }
            return left.offset < right.offset
        }
        self.diagnostics = numbered.map(\.element)
    }

    /// Tells whether any of the problems is an error.
    package var hasErrors: Bool {
        diagnostics.contains { $0.severity == .error }
    }

    /// Gives all problems as text for a person, one after the other.
    ///
    /// - Parameter sources: the files the problems are in; a problem whose file is not among them is shown without line.
    package func rendered(sources: [SourceText]) -> String {
        diagnostics.map { diagnostic in
            diagnostic.rendered(in: sources.first { $0.path == diagnostic.path })
        }
        .joined(separator: "\n")
    }
}
