import Notation

/// Reads the endpoints of a scenario, in the short form (`receiver` and `endpoint`) or the long one (`endpoints`).
struct EndpointReader {
    let log: DiagnosticLog
    /// The seed of endpoints that have none of their own.
    var seed: UInt64?
    /// Says that nothing adds TLS or HTTP/2 to the endpoints later on.
    var isOpenedAsWritten = true

    /// What the only endpoint of the short form is called.
    static let mainName = "main"

    func endpoints(_ reader: inout MappingReader) -> [ScenarioEndpoint] {
        let settings = reader.mapping("endpoint")
        guard reader.node("endpoints") != nil else {
            // Rules answer what they match, so the receiver's own replies may be left out.
            if settings?["match"] == nil, reader.required("receiver") == nil { return [] }
            let lane = lane(&reader)
            var settingsReader = settings.map { MappingReader($0, log: log, what: "an endpoint") }
            let position = reader.keyPosition("endpoint") ?? reader.keyPosition("receiver")
            let endpoint = endpoint(Self.mainName, lane: lane, settings: &settingsReader, at: position)
            settingsReader?.finish()
            return [endpoint]
        }
        for key in ["receiver", "endpoint"] where reader.node(key) != nil {
            log.error(
                "`\(key)` and `endpoints` exclude each other",
                at: reader.keyPosition(key),
                help: "move its content into `endpoints`, under the name of an endpoint"
            )
        }
        return named(&reader)
    }

    private func named(_ reader: inout MappingReader) -> [ScenarioEndpoint] {
        guard let mapping = reader.mapping("endpoints") else { return [] }
        guard (1...ScenarioLimits.endpoints).contains(mapping.entries.count) else {
            log.error("`endpoints` must have 1 to \(ScenarioLimits.endpoints) endpoints", at: mapping.position)
            return []
        }
        return mapping.entries.compactMap { entry in
            let name = entry.key.text
            if !name.isPlainName {
                log.error(
                    "'\(name)' is not a name for an endpoint",
                    at: entry.key.position,
                    help: "write lower-case letters, digits and dashes, starting with a letter"
                )
            }
            guard case .mapping(let settings) = entry.value else {
                log.error(
                    "the endpoint `\(name)` must be a mapping, not \(entry.value.kindName)",
                    at: entry.value.position,
                    help: "give it at least `receiver:`"
                )
                return nil
            }
            var inner = MappingReader(settings, log: log, what: "an endpoint")
            if settings["match"] == nil { _ = inner.required("receiver") }
            let lane = lane(&inner)
            var settingsReader: MappingReader? = inner
            let endpoint = endpoint(name, lane: lane, settings: &settingsReader, at: entry.key.position)
            settingsReader?.finish()
            return endpoint
        }
    }

    private enum Authorization: String, CaseIterable {
        case none
        case basic
    }

    private enum Scheme: String, CaseIterable {
        case http
        case https
    }

    private enum Identity: String, CaseIterable {
        case trusted
        case selfSigned = "self-signed"
        case expired
        case notYetValid = "not-yet-valid"
        case wrongHost = "wrong-host"
        case unknownAuthority = "unknown-authority"
    }

    /// Reads the key `seed`.
    static func seed(_ reader: inout MappingReader) -> UInt64? {
        reader.int("seed", in: 0...Int.max).map { UInt64($0) }
    }

    /// The receiver's own replies; none when it has nothing but rules.
    private func lane(_ reader: inout MappingReader) -> ScriptLane {
        reader.node("receiver") == nil ? ScriptLane() : ReplyReader(log: log).lane(&reader)
    }

    private func endpoint(
        _ name: String,
        lane: ScriptLane,
        settings: inout MappingReader?,
        at position: SourcePosition?
    ) -> ScenarioEndpoint {
        var script = ReplyScript(turns: lane.turns, interruptions: lane.interruptions, seed: seed ?? 0)
        var positions: [ReplyPlace: SourcePosition] = [:]
        for (item, position) in lane.positions { positions[ReplyPlace(item: item)] = position }
        if var reader = settings {
            for read in RuleReader(log: log).rules(&reader) {
                script.rules.append(read.rule)
                for (item, position) in read.positions {
                    positions[ReplyPlace(rule: read.rule.name, item: item)] = position
                }
            }
            script.handshakes = HandshakeReader(log: log).handshakes(&reader)
            script.seed = Self.seed(&reader) ?? script.seed
            settings = reader
        }
        var endpoint = ScenarioEndpoint(name: name, script: script, position: position, replyPositions: positions)
        endpoint.eventsPosition = settings?.mapping["events"]?.position
        endpoint.identity = identity(&settings)
        endpoint.offersHTTP2 = settings?.bool("http2") ?? endpoint.offersHTTP2
        endpoint.target = target(&settings) ?? endpoint.target
        NetworkPlaceReader(log: log).read(&settings, into: &endpoint)
        endpoint.events = events(&settings)
        endpoint.hasSecret = settings?.bool("secret") ?? endpoint.hasSecret
        endpoint.headers = headers(&settings)
        endpoint.hasCredentials = settings?.choice("auth", Authorization.self) == .basic
        endpoint.source = settings?.text("source")
        endpoint.enabled = settings?.bool("enabled") ?? endpoint.enabled
        for doubt in ScriptDoubt.all(of: endpoint)
        where doubt.severity == .error && (isOpenedAsWritten || !doubt.isAboutProtocols) {
            log.error(doubt.message, at: doubt.position(in: endpoint), help: doubt.help)
        }
        return endpoint
    }

    private func identity(_ settings: inout MappingReader?) -> ReceiverIdentity {
        let scheme = settings?.choice("scheme", Scheme.self)
        let identity = settings?.choice("tls", Identity.self)
        if scheme == .http, identity != nil {
            log.error(
                "an http endpoint has no certificate",
                at: settings?.keyPosition("tls"),
                help: "leave out `tls`, or write `scheme: https`"
            )
        }
        if scheme == .http { return .plain }
        return identity.flatMap { ReceiverIdentity(rawValue: $0.rawValue) } ?? .trusted
    }

    private func target(_ settings: inout MappingReader?) -> String? {
        guard var reader = settings else { return nil }
        defer { settings = reader }
        return Self.target(&reader)
    }

    /// Reads the key `target`: the path and query of an endpoint's URL.
    static func target(_ reader: inout MappingReader) -> String? {
        reader.value("target", wanted: "a path such as `/hooks`") { text throws(NotationError) in
            // RFC 9112 section 3.2.1: origin form; visible ASCII without a fragment.
            guard text.hasPrefix("/"), text.utf8.count <= 2000,
                text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
            else {
                throw NotationError(
                    message: "'\(text)' is not the path of a URL",
                    help: "start with `/`, percent-encode everything but visible ASCII, and leave out `#…`"
                )
            }
            return text
        }
    }

    /// Names and values as they stand there: an awkward one is what such a scenario is about.
    private func headers(_ settings: inout MappingReader?) -> [ConfiguredHeader] {
        guard let mapping = settings?.mapping("headers") else { return [] }
        return mapping.entries.compactMap { entry in
            guard case .scalar(let value) = entry.value else {
                log.error(
                    "the header `\(entry.key.text)` must have a text, not \(entry.value.kindName)",
                    at: entry.value.position,
                    help: "write it in quotes"
                )
                return nil
            }
            return ConfiguredHeader(name: entry.key.text, value: value.text)
        }
    }

    private func events(_ settings: inout MappingReader?) -> [String]? {
        guard let events = settings?.texts("events") else { return nil }
        if events == ["all"] { return nil }
        if events.isEmpty {
            log.error(
                "`events` is empty",
                at: settings?.keyPosition("events"),
                help: "name at least one event, or write `events: all`"
            )
        }
        return events
    }
}
