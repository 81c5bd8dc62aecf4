import Notation

/// Reads the endpoints of a scenario, in the short form (`receiver` and `endpoint`) or the long one (`endpoints`).
struct EndpointReader {
    let log: DiagnosticLog

    /// What the only endpoint of the short form is called.
    static let mainName = "main"

    func endpoints(_ reader: inout MappingReader) -> [ScenarioEndpoint] {
        let settings = reader.mapping("endpoint")
        guard reader.node("endpoints") != nil else {
            guard reader.required("receiver") != nil else { return [] }
            let replies = ReplyReader(log: log).replies(&reader)
            var settingsReader = settings.map { MappingReader($0, log: log, what: "an endpoint") }
            let position = reader.keyPosition("endpoint") ?? reader.keyPosition("receiver")
            let endpoint = endpoint(Self.mainName, replies: replies, settings: &settingsReader, at: position)
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
            _ = inner.required("receiver")
            let replies = ReplyReader(log: log).replies(&inner)
            var settingsReader: MappingReader? = inner
            let endpoint = endpoint(name, replies: replies, settings: &settingsReader, at: entry.key.position)
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
        case wrongHost = "wrong-host"
    }

    private func endpoint(
        _ name: String,
        replies: [Reply],
        settings: inout MappingReader?,
        at position: SourcePosition?
    ) -> ScenarioEndpoint {
        var endpoint = ScenarioEndpoint(name: name, script: ReplyScript(replies: replies), position: position)
        endpoint.eventsPosition = settings?.mapping["events"]?.position
        endpoint.identity = identity(&settings)
        endpoint.target = target(&settings) ?? endpoint.target
        endpoint.events = events(&settings)
        endpoint.hasSecret = settings?.bool("secret") ?? endpoint.hasSecret
        endpoint.hasCredentials = settings?.choice("auth", Authorization.self) == .basic
        endpoint.source = settings?.text("source")
        endpoint.enabled = settings?.bool("enabled") ?? endpoint.enabled
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
        settings?.value("target", wanted: "a path such as `/hooks`") { text throws(NotationError) in
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
