import DeliveryEvidence
import DeliveryScenarios
import DispatcherControl
import MockReceivers
import WebhookContracts

/// Registers the endpoints of a scenario with the dispatcher before the first step.
struct EndpointSetup {
    let run: ScenarioRun
    let dispatcher: DispatcherUnderTest

    /// Registers every endpoint in order and brings it into the state the scenario begins with.
    ///
    /// - Throws: `DispatcherError` when the dispatcher does not answer.
    func setUp(_ receivers: OpenReceivers) async throws {
        for receiver in receivers.all {
            guard let endpoint = run.plan.scenario.endpoint(named: receiver.endpoint) else { continue }
            let registered = try await dispatcher.register(facts(of: endpoint, url: receiver.url))
            guard registered.accepted else {
                try allowRefusal(of: endpoint, registered)
                continue
            }
            let startsOff = run.plan.contract.endpoint.initialState.value == .deactivated
            if startsOff, endpoint.enabled, dispatcher.canMake(.enabled) {
                try await dispatcher.change(endpoint.name, .enabled)
            }
            if !startsOff, !endpoint.enabled {
                try await dispatcher.change(endpoint.name, .disabled)
            }
        }
    }

    /// A refusal is what some scenarios are about; in any other it leaves nothing to judge.
    private func allowRefusal(of endpoint: ScenarioEndpoint, _ answer: EndpointRegistered) throws(DispatcherError) {
        let expected = run.plan.scenario.expectations.registration?.value == .refused
        // Whether awkward headers are refused or kept off the wire is the dispatcher's choice.
        guard !expected, endpoint.identity != .plain, endpoint.headers.isEmpty, !mayBeRefused(endpoint) else { return }
        throw DispatcherError(
            "the dispatcher refused the endpoint '\(endpoint.name)' (\(answer.status ?? 0)): \(answer.detail)",
            wayOut: "correct `register` in the dispatcher's description, or the endpoint in the scenario"
        )
    }

    /// A dispatcher may refuse what it can never deliver to, what it must not, and what it cannot find at the moment.
    private func mayBeRefused(_ endpoint: ScenarioEndpoint) -> Bool {
        let scenario = run.plan.scenario
        return endpoint.literalURL != nil || scenario.isOffLimits(endpoint)
            || scenario.scriptedName(of: endpoint) != nil
    }

    /// Where endpoints choose their events, one of which the scenario says nothing gets every event of the contract.
    private func events(of endpoint: ScenarioEndpoint) -> [String]? {
        let contract = run.plan.contract
        guard endpoint.events == nil, contract.endpoint.subscription.value == .chosen else { return endpoint.events }
        return contract.events.map(\.name)
    }

    private func facts(of endpoint: ScenarioEndpoint, url: String) -> EndpointFacts {
        let secrets = run.secrets[endpoint.name]
        let contract = run.plan.contract
        var facts = EndpointFacts(
            name: endpoint.name,
            url: url,
            events: events(of: endpoint),
            secret: endpoint.hasSecret ? secrets?.secret : nil,
            user: endpoint.hasCredentials ? secrets?.user : nil,
            password: endpoint.hasCredentials ? secrets?.password : nil,
            source: contract.endpoint.sourceFilter.isUnstated ? nil : endpoint.source
        )
        facts.headers = endpoint.headers.map { ($0.name, $0.value) }
        return facts
    }
}
