import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// K1: the dispatcher connects to no private address, in whatever form its URL names it.
enum PrivateAddressCheck {
    static let check = Check(
        "security.private-addresses",
        codes: ["K1"],
        title:
            "No connection is opened to a loopback, private or otherwise special address, however the URL is written.",
        asks: """
            A URL that leads to such an address is refused at registration, or the receiver behind it sees no connection. Where \
            nobody can listen, only the refusal, or a log that gives the delivery up at once, is evidence.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.endpoints.compactMap { endpoint in
            guard let described = endpoint.scenario, context.isOffLimits(endpoint), endpoint.registration != nil,
                !RebindingCheck.isRebound(endpoint, context)
            else { return nil }
            return described.isReachable
                ? reachable(endpoint, context) : unreachable(endpoint, log, context)
        }
    }

    /// What a finding calls the endpoint.
    static func what(_ endpoint: EndpointView) -> String {
        "the URL \((endpoint.registration?.value.url ?? endpoint.opened?.url ?? "").quoted)"
    }

    private static func reachable(_ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.transport.privateAddresses
        let connections = context.connections(to: endpoint.name)
        let isRefused = endpoint.registration?.value.accepted == false
        if clause.isUnstated {
            let saw = !connections.isEmpty ? "was connected to" : isRefused ? "was refused" : "was not connected to"
            let text = "Whether private addresses are delivered to is not stated; \(what(endpoint)) \(saw)."
            return .unstated(endpoint.name, text)
        }
        guard clause.value == .blocked else { return nil }
        if let first = connections.first {
            // What a test delivery did is another check's.
            guard !isOfTest(first, context) else { return nil }
            let count = connections.count == 1 ? "A connection was" : "\(connections.count) connections were"
            let text =
                "\(count) opened to a private address by \(what(endpoint)), the first at \(context.text(first.opened.at))."
            return .violated(endpoint.name, text, by: clause.basis)
        }
        if isRefused { return .held(endpoint.name, "\(what(endpoint)) was refused.", by: clause.basis) }
        guard let event = due(at: endpoint, context) else {
            guard context.history.tests.isEmpty else { return nil }
            let text = "No event was handed over that could have gone to \(what(endpoint))."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        }
        if let doubt = context.doubtAboutSilence(since: event.at) {
            let text = "No connection was opened by \(what(endpoint)), but \(doubt)."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        }
        return .held(endpoint.name, "\(what(endpoint)) was taken on, and no connection opened.", by: clause.basis)
    }

    private static func unreachable(
        _ endpoint: EndpointView,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.transport.privateAddresses
        let isRefused = endpoint.registration?.value.accepted == false
        if clause.isUnstated {
            let saw = isRefused ? "was refused" : "was taken on"
            let text = "Whether private addresses are delivered to is not stated; \(what(endpoint)) \(saw)."
            return .unstated(endpoint.name, text)
        }
        guard clause.value == .blocked else { return nil }
        if isRefused { return .held(endpoint.name, "\(what(endpoint)) was refused.", by: clause.basis) }
        guard
            let delivery = context.deliveries.first(where: { $0.endpoint.name == endpoint.name })
                ?? barred(endpoint, context)
        else { return nil }
        if isGivenUpAtOnce(delivery, log, context) {
            let text = "\(what(endpoint)) was taken on, and the log gave the delivery up at once."
            return .held(endpoint.name, text, by: clause.basis)
        }
        let text = "\(what(endpoint)) was taken on, and whether a connection was opened cannot be seen there."
        return .inconclusive(endpoint.name, text, by: clause.basis)
    }

    private static func barred(_ endpoint: EndpointView, _ context: JudgingContext) -> Delivery? {
        context.barred.first { $0.endpoint.name == endpoint.name && $0.duty == .barred(.privateAddress) }
    }

    /// A failure of the network would have been tried again.
    private static func isGivenUpAtOnce(
        _ delivery: Delivery,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Bool {
        guard context.promise.retries(.network) == true, let fewest = context.promise.fewest, fewest > 1,
            let rows = log.records(of: delivery), !rows.isEmpty, rows.flatMap(\.attempts).count <= 1
        else { return false }
        return rows.allSatisfy { $0.isGivenUp == true }
    }

    /// The first event that would have gone to the endpoint but for its address.
    static func due(at endpoint: EndpointView, _ context: JudgingContext) -> EmissionView? {
        let wanted = context.deliveries + context.barred.filter { $0.duty == .barred(.privateAddress) }
        return wanted.first { $0.endpoint.name == endpoint.name }?.emission
    }

    private static func isOfTest(_ connection: ConnectionHistory, _ context: JudgingContext) -> Bool {
        context.history.tests.contains { test in
            test.value.endpoint == connection.opened.value.endpoint && test.value.asked <= connection.opened.at
                && connection.opened.at <= test.at
        }
    }
}
