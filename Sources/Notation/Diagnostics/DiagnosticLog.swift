/// Collects the problems met while one file is read, so that all of them can be told at once.
///
/// Belongs to the one task that reads the file.
package final class DiagnosticLog {
    /// The file being read.
    package let source: SourceText
    /// The problems so far, in the order they were met.
    package private(set) var diagnostics: [Diagnostic] = []

    /// How many problems are kept for one file; a person reads the first few, and a hostile file may have a million.
    package static let mostDiagnostics = 100

    private var errorCount = 0

    /// Starts an empty log for one file.
    package init(source: SourceText) {
        self.source = source
    }

    /// Tells whether an error (not only warnings) was logged.
    package var hasErrors: Bool { errorCount > 0 }

    /// The problems as one sorted list, to be thrown or shown.
    package var list: DiagnosticList { DiagnosticList(diagnostics) }

    /// Logs something that makes the file unusable.
    package func error(_ message: String, at position: SourcePosition?, help: String? = nil) {
        errorCount += 1
        add(.error, message, at: position, help: help)
    }

    /// Logs something that is probably not what was meant.
    package func warning(_ message: String, at position: SourcePosition?, help: String? = nil) {
        add(.warning, message, at: position, help: help)
    }

    /// Throws all problems when at least one of them is an error.
    package func throwIfErrors() throws(DiagnosticList) {
        if hasErrors { throw list }
    }

    private func add(_ severity: Diagnostic.Severity, _ message: String, at position: SourcePosition?, help: String?) {
        // The first error is always kept, however many warnings came before it.
        guard diagnostics.count < Self.mostDiagnostics || (severity == .error && errorCount == 1) else { return }
        diagnostics.append(
            Diagnostic(severity: severity, path: source.path, position: position, message: message, help: help)
        )
    }
}
