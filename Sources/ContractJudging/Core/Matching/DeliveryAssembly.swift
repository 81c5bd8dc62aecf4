import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Puts attempts, events and endpoints together into deliveries.
struct DeliveryAssembly {
    let contract: Contract
    let endpoints: [EndpointView]
    let emissions: [EmissionView]
    private let attempts: [AttemptView]

    /// What became of the attempts.
    struct Assigned {
        var attempts: [AttemptView]
        var deliveries: [Delivery]
        var activations: [ActivationDelivery]
        var strays: [AttemptView]
    }

    init(scenario: Scenario, contract: Contract, history: ScenarioHistory, tolerance: JudgingTolerance) {
        self.contract = contract
        endpoints = Self.endpoints(of: scenario, history)
        emissions = history.emissions.enumerated().map { index, record in
            EmissionView(
                number: index + 1,
                at: record.at,
                emitted: record.value,
                // An unreadable payload is the harness's fault and shows as an event without markers.
                payload: (try? JSONValue.parse(record.value.payload.bytes))
            )
        }
        let reading = ReceiverResultReading(
            contract: contract,
            tolerance: tolerance,
            observedEnd: history.observedEnd,
            deaths: history.deaths,
            stall: { history.stall(from: $0, to: $1) }
        )
        let connections = Dictionary(
            history.connections.map { ($0.opened.value.connection, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        attempts = history.attempts.map { attempt in
            let connection = connections[attempt.arrived.connection]
            return AttemptView(
                ordinal: 0,
                arrived: attempt.arrived,
                receipt: attempt.ended,
                connectionClosing: attempt.connectionClosing,
                connection: connection,
                body: JudgedBody(
                    bytes: attempt.arrived.body.bytes,
                    stated: contract.body.format.value,
                    mediaType: attempt.arrived.values(of: "Content-Type").first
                ),
                receiverResult: reading.result(of: attempt, connection: connection)
            )
        }
    }

    func assigned() -> Assigned {
        let matching = AttemptMatching(contract: contract, emissions: emissions)
        let duties = DutyReading(contract: contract)
        var all: [Int: AttemptView] = [:]
        var byPair: [String: [Int: [AttemptView]]] = [:]
        var strays: [AttemptView] = []
        var activations: [ActivationDelivery] = []
        for endpoint in endpoints {
            let here = attempts.filter { $0.arrived.endpoint == endpoint.name }
            let owners = matching.owners(of: here)
            var groups: [Int: [AttemptView]] = [:]
            var unowned: [AttemptView] = []
            for (index, attempt) in here.enumerated() {
                guard let owner = owners[index] else {
                    unowned.append(attempt)
                    continue
                }
                groups[owner, default: []].append(attempt.numbered(groups[owner, default: []].count + 1))
            }
            let split = ActivationMatching(contract: contract, matching: matching).split(unowned, at: endpoint)
            activations += split.activations
            strays += split.strays
            byPair[endpoint.name] = groups
            for attempt in groups.values.joined() { all[attempt.number] = attempt }
            for attempt in split.activations.flatMap(\.attempts) { all[attempt.number] = attempt }
        }
        let deliveries = emissions.flatMap { emission in
            endpoints.map { endpoint in
                Delivery(
                    emission: emission,
                    endpoint: endpoint,
                    duty: duties.duty(of: emission, at: endpoint),
                    attempts: byPair[endpoint.name]?[emission.number] ?? []
                )
            }
        }
        return Assigned(
            attempts: attempts.map { all[$0.number] ?? $0 },
            deliveries: deliveries,
            activations: activations,
            strays: strays
        )
    }

    private static func endpoints(of scenario: Scenario, _ history: ScenarioHistory) -> [EndpointView] {
        var names = scenario.endpoints.map(\.name)
        let seen = history.endpoints.map(\.endpoint) + history.attempts.map(\.arrived.endpoint)
        for name in seen where !names.contains(name) { names.append(name) }
        return names.map { name in
            EndpointView(
                name: name,
                scenario: scenario.endpoint(named: name),
                opened: history.endpoints.first { $0.endpoint == name },
                registration: history.registrations.last { $0.value.endpoint == name },
                changes: history.changes.filter { $0.value.endpoint == name }
            )
        }
    }
}

extension AttemptView {
    /// The same attempt with its place in its delivery.
    func numbered(_ ordinal: Int) -> AttemptView {
        var copy = self
        copy.ordinal = ordinal
        return copy
    }
}
