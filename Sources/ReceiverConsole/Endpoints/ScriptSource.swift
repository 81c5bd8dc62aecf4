package import DeliveryScenarios
package import Notation

/// A script as a person wrote it.
package enum ScriptSource: Sendable, Hashable {
    /// In one line, as command lines have it: `500, 500, 200`.
    case line(String)
    /// A script file.
    case yaml(String)

    /// What was written.
    package var text: String {
        switch self {
        case .line(let text), .yaml(let text): text
        }
    }

    /// The same form with another text.
    package func with(text: String) -> ScriptSource {
        switch self {
        case .line: .line(text)
        case .yaml: .yaml(text)
        }
    }

    /// Reads the script; `path` is what its mistakes are reported under.
    ///
    /// - Throws: every mistake, each with its place.
    package func read(path: String = "script") throws(DiagnosticList) -> ReplyScript {
        try endpoint(path: path).script
    }

    /// Reads the script for an endpoint, which must be able to do what it asks.
    ///
    /// - Throws: every mistake, each with its place.
    package func read(for endpoint: ScenarioEndpoint, path: String = "script") throws(DiagnosticList) -> ReplyScript {
        let written = try self.endpoint(path: path)
        var able = endpoint
        able.script = written.script
        able.replyPositions = written.replyPositions
        able.position = written.position
        let doubts = ScriptDoubt.all(of: able).filter { $0.severity == .error }
        guard doubts.isEmpty else {
            throw DiagnosticList(
                doubts.map { doubt in
                    Diagnostic(
                        path: path,
                        position: doubt.position(in: able) ?? SourcePosition(line: 1, column: 1),
                        message: doubt.message,
                        help: doubt.help
                    )
                }
            )
        }
        return able.script
    }

    /// The endpoint that is described: in one line only its script.
    func endpoint(path: String = "script") throws(DiagnosticList) -> ScenarioEndpoint {
        switch self {
        case .line(let line):
            ScenarioEndpoint(name: "", identity: .plain, script: try Self.read(line: line, path: path))
        case .yaml(let text): try Self.read(yaml: SourceText(path: path, text: text))
        }
    }

    private static func read(line: String, path: String) throws(DiagnosticList) -> ReplyScript {
        do {
            return try ScriptText.script(line)
        } catch {
            throw DiagnosticList([
                Diagnostic(path: path, position: place(in: line), message: error.message, help: error.help)
            ])
        }
    }

    private static func read(yaml: SourceText) throws(DiagnosticList) -> ScenarioEndpoint {
        let endpoints = try ReceiverFile.read(yaml, mayReadHost: false).endpoints
        guard let endpoint = endpoints.first, endpoints.count == 1 else {
            throw DiagnosticList([
                Diagnostic(
                    path: yaml.path,
                    position: endpoints.dropFirst().first?.position,
                    message: "the script describes \(endpoints.count) endpoints, and there is one here",
                    help: "open one endpoint for each"
                )
            ])
        }
        return endpoint
    }

    /// Where the first reply stands that cannot be read by itself.
    private static func place(in line: String) -> SourcePosition {
        var column = 1
        for item in line.split(separator: ",", omittingEmptySubsequences: false) {
            do {
                _ = try ScriptText.script(String(item))
            } catch {
                let blanks = item.prefix { $0 == " " }.count
                return SourcePosition(line: 1, column: column + (blanks < item.count ? blanks : 0))
            }
            column += item.unicodeScalars.count + 1
        }
        return SourcePosition(line: 1, column: 1)
    }
}
