import DeliveryScenarios
import Notation
import ReceiverConsole

/// Where the script of a receiver is written.
enum ReceiveScript: Sendable {
    case line(String)
    case file(String)
    /// Answers 200 to everything.
    case harmless

    /// What was read.
    struct Reading: Sendable {
        var endpoints: [ScenarioEndpoint]
        /// The contract that a file names.
        var contractPath: String?
        var variants: [String] = []
        var warnings: [Diagnostic] = []
        /// What was written, for the page; `nil` when it says more than one script.
        var source: ScriptSource?
        /// The endpoints of a file that say themselves whether they speak TLS.
        var decidedOnTLS: Set<String> = []
    }

    /// What the mistakes of a script that is no file are reported under.
    private static let option = "--script"

    /// The file, when it is one.
    var path: String? {
        if case .file(let path) = self { path } else { nil }
    }

    /// What mistakes are reported under.
    private var name: String { path ?? Self.option }

    /// Reads the script.
    ///
    /// - Throws: every mistake in it.
    func read() throws(DiagnosticList) -> Reading {
        switch self {
        case .harmless: return try Self.read(line: "200")
        case .line(let text): return try Self.read(line: text)
        case .file(let path):
            do {
                return try Self.read(file: try SourceText.read(path: path))
            } catch let error as Diagnostic {
                throw DiagnosticList([error])
            } catch let error as DiagnosticList {
                throw error
            } catch {
                throw DiagnosticList([Diagnostic(path: path, position: nil, message: "\(error)")])
            }
        }
    }

    private static func read(line: String) throws(DiagnosticList) -> Reading {
        let source = ScriptSource.line(line)
        let endpoint = ScenarioEndpoint(name: "main", identity: .plain, script: try source.read(path: option))
        return Reading(endpoints: [endpoint], source: source)
    }

    private static func read(file source: SourceText) throws(DiagnosticList) -> Reading {
        let file = try ReceiverFile.read(source)
        return Reading(
            endpoints: file.endpoints,
            contractPath: file.contractPath,
            variants: file.variants,
            warnings: file.warnings,
            source: file.endpoints.count == 1 ? .yaml(source.text) : nil,
            decidedOnTLS: decidedOnTLS(source)
        )
    }

    /// The names of the endpoints with `scheme` or `tls`; an endpoint of a scenario that says nothing speaks TLS, and one
    /// at a desk does not.
    private static func decidedOnTLS(_ source: SourceText) -> Set<String> {
        guard case .mapping(let root)? = YAMLReader.parse(source, log: DiagnosticLog(source: source)) else { return [] }
        func decides(_ node: YAMLNode?) -> Bool {
            guard case .mapping(let settings)? = node else { return false }
            return settings["scheme"] != nil || settings["tls"] != nil
        }
        if decides(root["endpoint"]) { return ["main"] }
        guard case .mapping(let endpoints)? = root["endpoints"] else { return [] }
        return Set(endpoints.entries.filter { decides($0.value) }.map(\.key.text))
    }

    /// The endpoints with what the command line adds to them.
    ///
    /// - Throws: a reply that such an endpoint can never give, with where it stands.
    func fitted(_ reading: Reading, to options: EndpointOptions) throws(DiagnosticList) -> [ScenarioEndpoint] {
        let endpoints = reading.endpoints.map {
            options.applied(to: $0, decidesOnTLS: reading.decidedOnTLS.contains($0.name))
        }
        var problems: [Diagnostic] = []
        for endpoint in endpoints {
            for doubt in ScriptDoubt.all(of: endpoint) where doubt.severity == .error {
                problems.append(
                    Diagnostic(
                        path: name,
                        position: path.flatMap { _ in doubt.position(in: endpoint) },
                        message: doubt.message,
                        help: doubt.help.map { "\($0); --tls and --http2 add what is missing" }
                    )
                )
            }
            guard !options.judgesSignatures else { continue }
            for rule in endpoint.script.rules where rule.pattern.signature != nil {
                problems.append(
                    Diagnostic(
                        path: name,
                        position: path.flatMap { _ in
                            endpoint.replyPositions[ReplyPlace(rule: rule.name, item: .turn(1))]
                        },
                        message: "the rule `\(rule.name)` asks what signatures are worth, and that cannot be told",
                        help: "name a contract that states a signature with --contract, and its secret with --secret"
                    )
                )
            }
        }
        guard problems.isEmpty else { throw DiagnosticList(problems) }
        return endpoints
    }

    /// The mistakes with the lines they point at.
    func rendered(_ mistakes: [Diagnostic]) -> String {
        guard case .line(let text) = self else { return LoadedScenario.rendered(mistakes) }
        return DiagnosticList(mistakes).rendered(sources: [SourceText(path: Self.option, text: text)])
    }
}

/// What the command line says about the endpoints.
struct EndpointOptions: Sendable {
    var hasTLS: Bool
    var offersHTTP2: Bool
    /// `nil` leaves what the file says.
    var target: String?
    /// By which deliveries are told apart when the script does not say.
    var keys: [DeliveryKeySource]
    /// A valid signature can be told from a wrong one.
    var judgesSignatures: Bool

    /// The endpoint as it is opened.
    func applied(to endpoint: ScenarioEndpoint, decidesOnTLS: Bool) -> ScenarioEndpoint {
        var endpoint = endpoint
        if hasTLS {
            if endpoint.identity == .plain { endpoint.identity = .trusted }
        } else if !decidesOnTLS {
            endpoint.identity = .plain
        }
        if offersHTTP2 { endpoint.offersHTTP2 = true }
        if let target { endpoint.target = target }
        if endpoint.script.keys.isEmpty { endpoint.script.keys = keys }
        return endpoint
    }
}
