import DeliveryEvidence
import DeliveryScenarios

/// What the scenario's resolver and proxy saw of an endpoint.
extension JudgingContext {
    /// The questions for the addresses of a host since a moment, in order.
    func lookups(of host: String, since start: Stamp) -> [Timed<NameAsked>] {
        let wanted = NameText.normal(host)
        return history.names.filter { asked in
            asked.at >= start && NameText.normal(asked.value.name) == wanted
                && ["A", "AAAA"].contains(asked.value.question)
        }
    }

    /// The scripted name of an endpoint's host; `nil` when it has none.
    func scriptedName(of endpoint: EndpointView) -> ScriptedName? {
        endpoint.scenario.flatMap { scenario.scriptedName(of: $0) }
    }

    /// Says that the dispatcher has no permission to connect to the endpoint, which is at a private address.
    func isOffLimits(_ endpoint: EndpointView) -> Bool {
        endpoint.scenario.map { scenario.isOffLimits($0) } ?? false
    }

    /// The answers to requests to the proxy that name the endpoint's port.
    func proxied(to endpoint: EndpointView) -> [Timed<ProxyAsked>] {
        guard let port = endpoint.opened?.port else { return [] }
        return history.proxied.filter { $0.value.target.hasSuffix(":\(port)") }
    }

    /// Says that a connection came through the scenario's proxy.
    func cameThroughProxy(_ connection: ConnectionHistory) -> Bool {
        let digits = connection.opened.value.peer.utf8.reversed().prefix { (0x30...0x39).contains($0) }
        let port = Int(String(decoding: Array(digits.reversed()), as: UTF8.self))
        return history.proxied.contains { $0.value.localPort != nil && $0.value.localPort == port }
    }
}

/// Names of hosts as they are compared: without case, and without the dot at the end of a whole one (RFC 4343).
enum NameText {
    static func normal(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}

extension NameAsked {
    /// Says that the question was not answered with an address, nor with there being none of this family.
    var failed: Bool { ["nxdomain", "servfail", "silence"].contains(answer.first) }
}
