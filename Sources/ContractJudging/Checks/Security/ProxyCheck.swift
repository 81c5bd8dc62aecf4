import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// K7: a proxy that is set is used, for everything, and guards hold behind it too.
enum ProxyCheck {
    private static let basis = Basis(
        inferredBecause: "whoever starts a dispatcher with a proxy means all its deliveries to go through it"
    )

    static let check = Check(
        "security.proxy",
        codes: ["K7"],
        title: "With a proxy set, every delivery goes through it, and none to an address that is not permitted.",
        asks: """
            Each connection at the receivers comes from the scenario's proxy, which was asked for a tunnel (CONNECT); the proxy is \
            never asked for an address that the dispatcher has no permission for.
            """
    ) { context in
        guard context.scenario.network.hasProxy else { return [] }
        return context.endpoints.flatMap { endpoint in
            context.isOffLimits(endpoint) ? guarded(endpoint, context) : tunnelled(endpoint, context)
        }
    }

    private static func tunnelled(_ endpoint: EndpointView, _ context: JudgingContext) -> [Finding] {
        let connections = context.connections(to: endpoint.name)
        if let direct = connections.first(where: { !context.cameThroughProxy($0) }) {
            let text = "A connection was opened directly at \(context.text(direct.opened.at)), past the proxy."
            return [.violated(endpoint.name, text, by: basis)]
        }
        let plain = context.proxied(to: endpoint).filter { $0.value.method != "CONNECT" }
        if let first = plain.first {
            let text = "The proxy was asked with \(first.value.method.quoted), and not for a tunnel."
            return [.violated(endpoint.name, text, by: basis)]
        }
        guard !connections.isEmpty else { return [] }
        return [.held(endpoint.name, "\(connections.count) connections came through the proxy.", by: basis)]
    }

    private static func guarded(_ endpoint: EndpointView, _ context: JudgingContext) -> [Finding] {
        let clause = context.contract.transport.privateAddresses
        guard clause.value == .blocked, endpoint.registration != nil else { return [] }
        if let asked = context.proxied(to: endpoint).first {
            let text = "The proxy was asked for \(asked.value.target.quoted), an address that is not permitted."
            return [.violated(endpoint.name, text, by: clause.basis)]
        }
        guard endpoint.registration?.value.accepted == true, let event = PrivateAddressCheck.due(at: endpoint, context),
            context.doubtAboutSilence(since: event.at) == nil, context.connections(to: endpoint.name).isEmpty
        else { return [] }
        return [.held(endpoint.name, "The proxy was not asked for an address that is not permitted.", by: clause.basis)]
    }
}
