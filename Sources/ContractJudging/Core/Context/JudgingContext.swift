package import DeliveryEvidence
package import DeliveryScenarios
package import WebhookContracts

/// Everything a check may look at, worked out once for a scenario.
package struct JudgingContext: Sendable {
    package let scenario: Scenario
    package let contract: Contract
    /// The evidence, with absurd stamps brought into bounds.
    package let history: ScenarioHistory
    package let keys: Keyring
    package let tolerance: JudgingTolerance

    /// The endpoints in the scenario's order, then those that only the evidence names.
    package let endpoints: [EndpointView]
    /// In the order of handing over.
    package let emissions: [EmissionView]
    /// Every attempt in order of arrival; `ordinal` is set where it belongs to a delivery.
    package let attempts: [AttemptView]
    /// Every event at every endpoint where it was due or may have come, by event and then by endpoint.
    package let deliveries: [Delivery]
    /// Every event at every endpoint where it must not come; right when it has no attempts.
    package let barred: [Delivery]
    /// The publications of one event whose requests nothing tells apart: no check of deliveries can judge them.
    package let tangled: [Delivery]
    /// The deliveries that switching an endpoint on brings, where the contract promises them.
    package let activations: [ActivationDelivery]
    /// Attempts that belong to no event and no activation.
    package let strayAttempts: [AttemptView]
    /// The delivery of each attempt, by the attempt's number.
    private let owners: [Int: Delivery]

    package init(
        scenario: Scenario,
        contract: Contract,
        history: ScenarioHistory,
        keys: Keyring,
        tolerance: JudgingTolerance
    ) {
        let history = HistoryBounds.applied(to: history)
        let assembly = DeliveryAssembly(scenario: scenario, contract: contract, history: history, tolerance: tolerance)
        self.scenario = scenario
        self.contract = contract
        self.history = history
        self.keys = keys
        self.tolerance = tolerance
        endpoints = assembly.endpoints
        emissions = assembly.emissions
        let assigned = assembly.assigned()
        attempts = assigned.attempts
        deliveries = assigned.deliveries.filter { !$0.duty.isBarred && !$0.isTangled }
        barred = assigned.deliveries.filter { $0.duty.isBarred && !$0.isTangled }
        tangled = assigned.deliveries.filter(\.isTangled)
        activations = assigned.activations
        strayAttempts = assigned.strays
        var owners: [Int: Delivery] = [:]
        for delivery in assigned.deliveries {
            for attempt in delivery.attempts { owners[attempt.number] = delivery }
        }
        self.owners = owners
    }

    /// The delivery an attempt belongs to, barred or not; `nil` for an activation or a stray.
    package func delivery(of attempt: AttemptView) -> Delivery? { owners[attempt.number] }

    /// The event an attempt carries; `nil` for an activation or a stray.
    package func emission(of attempt: AttemptView) -> EmissionView? { owners[attempt.number]?.emission }

    /// What to call an attempt in a finding: `main · e1 #2`, or `main · request 7` when it belongs to no event.
    package func subject(of attempt: AttemptView) -> String {
        owners[attempt.number]?.subject(attempt) ?? "\(attempt.arrived.endpoint) · request \(attempt.number)"
    }

    /// The endpoint of an attempt.
    package func endpoint(of attempt: AttemptView) -> EndpointView? {
        endpoints.first { $0.name == attempt.arrived.endpoint }
    }

    /// Says that a status is a success; one in 2xx where the contract does not say.
    func isSuccess(_ status: Int) -> Bool {
        contract.success.value?.contains(status) ?? (200...299).contains(status)
    }

    /// The connections to an endpoint, in order of opening.
    package func connections(to endpoint: String) -> [ConnectionHistory] {
        history.connections.filter { $0.opened.value.endpoint == endpoint }
    }
}

/// The delivery that follows switching an endpoint on.
package struct ActivationDelivery: Sendable {
    package var endpoint: EndpointView
    /// The change that brought it.
    package var change: Timed<EndpointChanged>
    /// Empty when it did not come.
    package var attempts: [AttemptView]

    /// What to call it in a finding.
    package var subject: String { "\(endpoint.name) · activation" }
}
