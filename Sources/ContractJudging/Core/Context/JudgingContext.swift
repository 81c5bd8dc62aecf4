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
    /// The deliveries that somebody had sent again by hand, which follow rules of their own.
    package let redelivered: [Delivery]
    /// The requests by which the dispatcher got to know its endpoints, in order of arrival.
    package let setup: [AttemptView]
    /// The requests that tell of an endpoint that was disabled, in order of arrival.
    package let notices: [AttemptView]
    /// What the contract promises to follow a failed attempt.
    let promise: RetryPromise
    /// Every attempt whose signature can be checked; ten checks ask for them.
    private(set) var signedAttempts: [SignedAttempt] = []
    /// The moment after which silence proves nothing.
    package let observedEnd: Stamp
    /// The moments at which a process of the dispatcher ended or was told to with a signal that cannot be refused.
    ///
    /// That a program which is run once for each event ends by itself is no death: its work was done.
    package let deaths: [Stamp]
    /// Everything of one delivery or one endpoint, without a search.
    private let index: ContextIndex

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
        let isRedelivered = { (delivery: Delivery) in
            history.redeliveries.contains {
                $0.value.accepted && $0.value.event == delivery.emission.event
                    && $0.value.endpoint == delivery.endpoint.name
            }
        }
        let kept = assigned.deliveries.filter { !$0.duty.isBarred && !$0.isTangled }
        deliveries = kept.filter { !isRedelivered($0) }
        redelivered = kept.filter(isRedelivered)
        setup = assembly.setup
        notices = assembly.notices
        barred = assigned.deliveries.filter { $0.duty.isBarred && !$0.isTangled }
        tangled = assigned.deliveries.filter(\.isTangled)
        activations = assigned.activations
        strayAttempts = assigned.strays
        promise = RetryPromise(contract: contract)
        observedEnd = history.observedEnd
        deaths = history.deaths
        index = ContextIndex(
            endpoints: endpoints,
            attempts: attempts,
            all: assigned.deliveries,
            deliveries: deliveries,
            connections: history.connections,
            observedEnd: observedEnd
        )
        let found = self
        signedAttempts = attempts.compactMap { SignedAttempt($0, in: found) }
    }

    /// The delivery an attempt belongs to, barred or not; `nil` for an activation or a stray.
    package func delivery(of attempt: AttemptView) -> Delivery? { index.owner(of: attempt) }

    /// The event an attempt carries; `nil` for an activation or a stray.
    package func emission(of attempt: AttemptView) -> EmissionView? { index.owner(of: attempt)?.emission }

    /// What to call an attempt in a finding: `main · e1 #2`, or `main · request 7` when it belongs to no event.
    package func subject(of attempt: AttemptView) -> String {
        index.owner(of: attempt)?.subject(attempt) ?? "\(attempt.arrived.endpoint) · request \(attempt.number)"
    }

    /// The endpoint of an attempt.
    package func endpoint(of attempt: AttemptView) -> EndpointView? {
        index.endpoint(named: attempt.arrived.endpoint).map { endpoints[$0] }
    }

    /// The attempts at an endpoint, in order of arrival.
    package func attempts(at endpoint: String) -> [AttemptView] {
        index.attempts(at: endpoint).map { attempts[$0] }
    }

    /// The deliveries to an endpoint, by event.
    package func deliveries(to endpoint: String) -> [Delivery] {
        index.deliveries(to: endpoint).map { deliveries[$0] }
    }

    /// The attempts at an endpoint that were open for longer than a prompt receiver takes, in order of their beginning.
    func hangingAttempts(at endpoint: String) -> [AttemptView] {
        index.hanging(at: endpoint).map { attempts[$0] }
    }

    /// When an endpoint first answered 410; `nil` when it never did.
    func gone(_ endpoint: String) -> Stamp? { index.gone(endpoint) }

    /// Says that a status is a success; one in 2xx where the contract does not say.
    func isSuccess(_ status: Int) -> Bool {
        contract.success.value?.contains(status) ?? (200...299).contains(status)
    }

    /// The connections to an endpoint, in order of opening.
    package func connections(to endpoint: String) -> [ConnectionHistory] {
        index.connections(to: endpoint).map { history.connections[$0] }
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
