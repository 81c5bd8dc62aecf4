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
            guard try await dispatcher.register(facts(of: endpoint, url: receiver.url)) else { continue }
            let startsOff = run.plan.contract.endpoint.initialState.value == .deactivated
            if startsOff, endpoint.enabled, dispatcher.canMake(.enabled) {
                try await dispatcher.change(endpoint.name, .enabled)
            }
            if !startsOff, !endpoint.enabled {
                try await dispatcher.change(endpoint.name, .disabled)
            }
        }
    }

    private func facts(of endpoint: ScenarioEndpoint, url: String) -> EndpointFacts {
        let secrets = run.secrets[endpoint.name]
        let contract = run.plan.contract
        return EndpointFacts(
            name: endpoint.name,
            url: url,
            events: endpoint.events,
            secret: endpoint.hasSecret ? secrets?.secret : nil,
            user: endpoint.hasCredentials ? secrets?.user : nil,
            password: endpoint.hasCredentials ? secrets?.password : nil,
            source: contract.endpoint.sourceFilter.isUnstated ? nil : endpoint.source
        )
    }
}
