package import Notation

/// The receiver part of a scenario, in a file of its own: endpoints that answer as scripted, for `hookassay receive`.
///
/// A whole scenario file can be read as one; what it says about a dispatcher, its steps and expectations is left aside.
/// Whether an endpoint speaks what its script needs, TLS or HTTP/2, is left open as well: a command line can add that. Whoever
/// opens it asks `ScriptDoubt.all(of:)`.
package struct ReceiverFile: Sendable {
    package var path: String
    /// At least one.
    package var endpoints: [ScenarioEndpoint]
    /// The contract file, as a path that can be opened; `nil` when none is named.
    package var contractPath: String?
    /// The variants of the contract to apply, in order.
    package var variants: [String]
    /// What probably says something else than was meant.
    package var warnings: [Diagnostic]

    /// Reads a file.
    ///
    /// - Throws: every error of the file in one go, each with its place.
    package static func load(path: String) throws(DiagnosticList) -> ReceiverFile {
        let source: SourceText
        do {
            source = try SourceText.read(path: path)
        } catch {
            throw DiagnosticList([error])
        }
        return try read(source)
    }

    /// Reads a text; the path of its contract follows from the text's path.
    ///
    /// - Parameter mayReadHost: whether `body_file` and secrets from the environment are allowed; not for a text that came
    ///   over the network.
    /// - Throws: every error of the text in one go, each with its place.
    package static func read(_ source: SourceText, mayReadHost: Bool = true) throws(DiagnosticList) -> ReceiverFile {
        let log = DiagnosticLog(source: source)
        guard let node = YAMLReader.parse(source, log: log) else { throw log.list }
        if !mayReadHost {
            HostKeys(log: log).refuse(in: node)
            try log.throwIfErrors()
        }
        guard case .mapping(let root) = node else {
            log.error(
                "a receiver file must be a mapping, not \(node.kindName)",
                at: node.position,
                help: "start with `receiver:` and a list of replies"
            )
            throw log.list
        }
        var reader = MappingReader(root, log: log, what: "a receiver file")
        // A scenario has a contract even when it names none.
        let usual = root["scenario"] == nil ? nil : ScenarioReader.usualContract
        let contract = reader.text("contract") ?? usual
        let variants = reader.texts("variant") ?? []
        let seed = EndpointReader.seed(&reader)
        let endpoints = EndpointReader(log: log, seed: seed, isOpenedAsWritten: false).endpoints(&reader)
        reader.finish(alsoKnown: [
            "scenario", "why", "clock", "tags", "steps", "expect", "resolver", "proxy", "network",
        ])
        try log.throwIfErrors()
        return ReceiverFile(
            path: source.path,
            endpoints: endpoints,
            contractPath: contract.map { ScenarioPaths.contract($0, besides: source.path) },
            variants: variants,
            warnings: endpoints.flatMap { endpoint in
                ScriptDoubt.all(of: endpoint).filter { $0.severity == .warning }.map { doubt in
                    Diagnostic(
                        severity: .warning,
                        path: source.path,
                        position: doubt.position(in: endpoint),
                        message: doubt.message,
                        help: doubt.help
                    )
                }
            }
        )
    }
}
