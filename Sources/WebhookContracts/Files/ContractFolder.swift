import Notation

/// Opens the files that a contract names, once each, and remembers what was wrong with them.
struct ContractFolder {
    /// The largest example body, in bytes (256 KiB).
    static let largestExample = 256 * 1024
    /// The largest schema, in bytes (1 MiB).
    static let largestSchema = 1024 * 1024

    /// The folder's path with a slash at its end; empty for the current folder.
    let path: String
    /// Problems inside the files, which have paths of their own.
    private(set) var diagnostics: [Diagnostic] = []
    private var examples: [String: JSONValue?] = [:]

    /// The folder a contract file stands in.
    init(ofContract path: String) {
        self.path = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The folder's own name, or nil when the path does not say.
    var name: String? {
        path.split(separator: "/").last.map(String.init).flatMap { $0 == "." || $0 == ".." ? nil : $0 }
    }

    /// Reads an example body; gives nil after noting what is wrong with it.
    mutating func json(_ name: String, namedAt position: SourcePosition?, log: DiagnosticLog) -> JSONValue? {
        if let known = examples[name] { return known }
        let value = readJSON(name, namedAt: position, log: log)
        examples[name] = value
        return value
    }

    private mutating func readJSON(_ name: String, namedAt position: SourcePosition?, log: DiagnosticLog) -> JSONValue?
    {
        guard let source = read(name, largest: Self.largestExample, namedAt: position, log: log) else { return nil }
        do {
            return try JSONValue.parse(source.text.utf8)
        } catch {
            diagnostics.append(
                Diagnostic(
                    path: source.path,
                    position: source.position(atByte: error.offset),
                    message: "the example is not JSON: \(error.message)"
                )
            )
            return nil
        }
    }

    /// Reads and compiles a schema; gives nil after noting what is wrong with it.
    mutating func schema(_ name: String, namedAt position: SourcePosition?, log: DiagnosticLog) -> PayloadSchema? {
        guard let source = read(name, largest: Self.largestSchema, namedAt: position, log: log) else { return nil }
        do {
            return try PayloadSchema(json: source.text, name: name)
        } catch {
            let place = error.pointer.isEmpty ? "" : " at \(error.pointer)"
            diagnostics.append(
                Diagnostic(
                    path: source.path,
                    position: nil,
                    message: "the schema cannot be used:\(place) \(error.message)",
                    help: "write a JSON Schema of draft-07 that refers to nothing outside itself"
                )
            )
            return nil
        }
    }

    private func read(
        _ name: String,
        largest: Int,
        namedAt position: SourcePosition?,
        log: DiagnosticLog
    ) -> SourceText? {
        do {
            let source = try SourceText.read(path: path + name)
            guard source.text.utf8.count <= largest else {
                log.error("'\(name)' has more than \(SizeNotation.text(largest))", at: position, help: "shorten it")
                return nil
            }
            return source
        } catch {
            log.error("'\(name)': \(error.message)", at: position, help: error.help)
            return nil
        }
    }
}
