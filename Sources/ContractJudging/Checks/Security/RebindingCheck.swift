import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// K2: what a name resolves to is looked at when it is connected to.
enum RebindingCheck {
    static let check = Check(
        "security.rebinding",
        codes: ["K2"],
        title: "A name that resolves to a private address by the time it is connected to is not connected to.",
        asks: """
            The endpoint's name has a permitted address at first and a private one later on, with nothing to keep (a time to live \
            of 0). The receiver at the private address sees no connection.
            """
    ) { context in
        context.endpoints.compactMap { endpoint in
            guard isRebound(endpoint, context), endpoint.registration != nil else { return nil }
            return judge(endpoint, context)
        }
    }

    /// Says that the name of an endpoint's host resolves to something permitted first and to something private then.
    static func isRebound(_ endpoint: EndpointView, _ context: JudgingContext) -> Bool {
        guard context.isOffLimits(endpoint), let name = context.scriptedName(of: endpoint) else { return false }
        return firstPrivateTurn(of: name, context) ?? 1 > 1
    }

    /// The first turn, counted from 1, that gives an address which nobody permitted; `nil` when none does.
    private static func firstPrivateTurn(of name: ScriptedName, _ context: JudgingContext) -> Int? {
        let network = context.scenario.network
        return name.turns.firstIndex { turn in turn.addresses.contains { !network.allows($0) } }.map { $0 + 1 }
    }

    private static func judge(_ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.transport.privateAddresses
        guard let name = context.scriptedName(of: endpoint), let turn = firstPrivateTurn(of: name, context) else {
            return nil
        }
        let asked = context.lookups(of: name.name, since: Stamp(nanoseconds: 0))
        let later = asked.filter { ($0.value.turn ?? 0) >= turn }
        let times = asked.count == 1 ? "once" : "\(asked.count) times"
        let connections = context.connections(to: endpoint.name)
        if clause.isUnstated {
            let saw = connections.isEmpty ? "no connection was opened there" : "a connection was opened there"
            let text =
                "Whether private addresses are delivered to is not stated; when \(name.name) had moved to one, \(saw)."
            return .unstated(endpoint.name, text)
        }
        guard clause.value == .blocked else { return nil }
        if let first = connections.first {
            let text =
                "A connection was opened to a private address at \(context.text(first.opened.at)), after \(name.name) had been at"
                + " a permitted one; the resolver was asked \(times)."
            return .violated(endpoint.name, text, by: clause.basis)
        }
        guard let moved = later.first else {
            guard endpoint.registration?.value.accepted == true else { return nil }
            let text =
                "The resolver was asked for \(name.name) \(asked.isEmpty ? "never" : times), before the name had moved."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        }
        switch context.silence(since: moved.at) {
        case .proven(let watched):
            let text =
                "\(name.name) moved to a private address, which the resolver told \(later.count) times; no connection came in"
                + " \(TimeText.of(watched))."
            return .held(endpoint.name, text, by: clause.basis)
        case .notWatched(let watched):
            let text = "\(name.name) moved to a private address; it was watched for \(TimeText.of(watched)) only."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        case .doubtful(let why):
            let text = "\(name.name) moved to a private address, and no connection came, but \(why)."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        }
    }
}
