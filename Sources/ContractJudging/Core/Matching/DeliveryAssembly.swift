import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Puts attempts, events and endpoints together into deliveries.
struct DeliveryAssembly {
    let contract: Contract
    private let scenario: Scenario
    let endpoints: [EndpointView]
    let emissions: [EmissionView]
    private let attempts: [AttemptView]
    /// The requests by which the dispatcher got to know its endpoints; no deliveries.
    let setup: [AttemptView]
    /// The requests that tell of an endpoint that was disabled; no deliveries of the scenario's events.
    let notices: [AttemptView]
    private let unconfirmed: Set<String>

    /// What became of the attempts.
    struct Assigned {
        var attempts: [AttemptView]
        var deliveries: [Delivery]
        var activations: [ActivationDelivery]
        var strays: [AttemptView]
    }

    init(scenario: Scenario, contract: Contract, history: ScenarioHistory, tolerance: JudgingTolerance) {
        self.contract = contract
        self.scenario = scenario
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
        let reading = ReceiverResultReading(contract: contract, tolerance: tolerance, history: history)
        let connections = Dictionary(
            history.connections.map { ($0.opened.value.connection, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var bodies = DecodedBodies(stated: contract.body.format.value)
        let all = history.attempts.map { attempt in
            let connection = connections[attempt.arrived.connection]
            let (body, number) = bodies.body(of: attempt.arrived)
            return AttemptView(
                ordinal: 0,
                arrived: attempt.arrived,
                receipt: attempt.ended,
                connectionClosing: attempt.connectionClosing,
                connection: connection,
                body: body,
                bodyNumber: number,
                receiverResult: Self.lawful(
                    reading.result(of: attempt, connection: connection),
                    to: attempt.arrived,
                    scenario
                )
            )
        }
        let setups = SetupReading(contract: contract, scenario: scenario, endpoints: endpoints, emissions: emissions)
        let setup = all.filter(setups.isSetup)
        let notice = NoticeReading(contract: contract, emissions: emissions)
        let isSetup = Set(setup.map(\.number))
        let rest = all.filter { !isSetup.contains($0.number) }
        self.setup = setup
        notices = rest.filter(notice.isNotice)
        attempts = rest.filter { !notice.isNotice($0) }
        unconfirmed = Set(endpoints.filter { setups.isUnconfirmed($0, by: setup) }.map(\.name))
    }

    /// A response whose end nobody can tell has to be discarded (RFC 9112 section 6.3), whatever its status is.
    private static func lawful(
        _ result: ReceiverResult,
        to arrived: AttemptArrived,
        _ scenario: Scenario
    ) -> ReceiverResult {
        guard case .respond(let response)? = scenario.scriptedReply(to: arrived), response.hasContradictingLengths
        else { return result }
        switch result {
        case .success: return .failure(.network, status: nil)
        case .failure(_, .some): return .failure(.network, status: nil)
        case .failure(_, nil), .ambiguous: return result
        }
    }

    func assigned() -> Assigned {
        let matching = AttemptMatching(contract: contract, emissions: emissions)
        var all: [Int: AttemptView] = [:]
        var byEmission: [Int: [Delivery]] = [:]
        var strays: [AttemptView] = []
        var activations: [ActivationDelivery] = []
        for endpoint in endpoints {
            let here = attempts.filter { $0.arrived.endpoint == endpoint.name }
            let owners = matching.owners(of: here, at: endpoint)
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
            let deliveries = deliveries(at: endpoint, groups)
            for delivery in deliveries { byEmission[delivery.emission.number, default: []].append(delivery) }
            for attempt in deliveries.flatMap(\.attempts) { all[attempt.number] = attempt }
            for attempt in split.activations.flatMap(\.attempts) { all[attempt.number] = attempt }
        }
        return Assigned(
            attempts: attempts.map { all[$0.number] ?? $0 },
            deliveries: emissions.flatMap { byEmission[$0.number] ?? [] },
            activations: activations,
            strays: strays
        )
    }

    /// Every event at one endpoint, with its attempts by the emission's number.
    private func deliveries(at endpoint: EndpointView, _ groups: [Int: [AttemptView]]) -> [Delivery] {
        let duties = DutyReading(contract: contract, scenario: scenario)
        let isUnconfirmed = unconfirmed.contains(endpoint.name)
        var deliveries = emissions.map { emission in
            let duty = duties.duty(of: emission, at: endpoint)
            return Delivery(
                emission: emission,
                endpoint: endpoint,
                duty: isUnconfirmed && !duty.isBarred ? .barred(.unconfirmed) : duty,
                attempts: groups[emission.number] ?? []
            )
        }
        guard RepetitionMatching(contract: contract).isNeeded else { return deliveries }
        for family in RepetitionMatching.families(of: emissions) {
            // Where a repetition must not come, whatever comes counts as the event itself coming again.
            let members = family.filter { member in
                if case .barred(.repetition) = deliveries[member.number - 1].duty { false } else { true }
            }
            guard members.count > 1 else { continue }
            var publications = members.map {
                RepetitionMatching.Publication(emission: $0, duty: deliveries[$0.number - 1].duty)
            }
            let pool = members.flatMap { deliveries[$0.number - 1].attempts }.sorted { $0.number < $1.number }
            let isTangled = RepetitionMatching.share(pool, among: &publications)
            for (index, publication) in publications.enumerated() {
                // What cannot be told apart came no earlier than the first publication; more is not known of it.
                let entangled = index == 0 ? pool.enumerated().map { $1.numbered($0 + 1) } : []
                deliveries[publication.emission.number - 1].attempts = isTangled ? entangled : publication.attempts
                deliveries[publication.emission.number - 1].isTangled = isTangled
            }
        }
        return deliveries
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
                changes: history.changes.filter { $0.value.endpoint == name },
                updates: history.updates.filter { $0.value.endpoint == name }
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
