extension ScenarioEndpoint {
    /// The address at which its receiver listens unless somebody gives it another one.
    package var listeningAddress: IPAddress? { IPAddress(listensAtVersion6 ? "::1" : "127.0.0.1") }

    /// Says that its receiver can be reached by the URL that is registered for it.
    package var isReachable: Bool { literalURL?.contains(NetworkPlaceReader.portMark) ?? true }

    /// The URL to register, for a receiver at this address (as it stands in a URL) and port.
    package func url(at address: String, port: Int) -> String {
        if let literalURL { return literalURL.replacing(NetworkPlaceReader.portMark, with: "\(port)") }
        return "\(identity.scheme)://\(host ?? address):\(port)\(target)"
    }
}

extension Scenario {
    /// Says that the dispatcher has no permission to connect to the endpoint, which is at a private address.
    ///
    /// An endpoint that nobody listens at is one by the scenario's intention.
    package func isOffLimits(_ endpoint: ScenarioEndpoint) -> Bool {
        guard network.isGuarded else { return false }
        guard endpoint.isReachable, let address = endpoint.listeningAddress else { return true }
        return !network.allows(address)
    }

    /// The scripted name of an endpoint's host; `nil` when it has none.
    package func scriptedName(of endpoint: ScenarioEndpoint) -> ScriptedName? {
        endpoint.host.flatMap { network.name($0) }
    }
}
