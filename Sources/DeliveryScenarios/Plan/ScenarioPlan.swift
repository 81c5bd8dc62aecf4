package import WebhookContracts

/// A scenario together with everything its contract decides about how it is run.
package struct ScenarioPlan: Sendable {
    /// The scenario, its reply scripts keyed as the contract identifies deliveries.
    package var scenario: Scenario
    /// The contract it is judged by, its variants applied.
    package var contract: Contract
    /// How long a bare `quiet` watches after the last thing happened.
    package var quietWindow: Duration
    /// About how long the scenario takes when everything goes as promised.
    package var expectedTime: Duration
    /// Why it cannot be run; `nil` when it can.
    package var skipReason: String?

    /// About how long whoever runs it has to wait: a virtual clock jumps over everything.
    package var waitingTime: Duration { scenario.clock == .warped ? .zero : expectedTime }

    /// Plans a scenario by its contract, which has the scenario's variants applied.
    package static func make(_ scenario: Scenario, _ contract: Contract) -> ScenarioPlan {
        var scenario = scenario
        let keys = DeliveryKeys.sources(of: contract)
        for index in scenario.endpoints.indices where scenario.endpoints[index].script.keys.isEmpty {
            scenario.endpoints[index].script.keys = keys
        }
        let forecast = RetryForecast(scenario, contract)
        return ScenarioPlan(
            scenario: scenario,
            contract: contract,
            quietWindow: forecast.quietWindow,
            expectedTime: ScenarioTime(forecast: forecast).total(of: scenario.steps),
            skipReason: nil
        )
    }
}

/// Where a contract says that the identity of a delivery stands.
package enum DeliveryKeys {
    /// The key for deduplication first, then whatever carries the event's id, then the thing the event is about.
    ///
    /// The last is no promise of any provider. It lets a script tell the deliveries of a scenario apart, in which every
    /// event has a subject of its own. Empty when the contract names nothing.
    package static func sources(of contract: Contract) -> [DeliveryKeySource] {
        var sources: [DeliveryKeySource] = []
        if let dedup = contract.dedup.value {
            if let header = dedup.header { sources.append(.header(header)) }
            if !dedup.fields.isEmpty { sources.append(.fields(dedup.fields)) }
        }
        if let header = contract.header(carrying: .eventID) { sources.append(.header(header.name)) }
        if let field = contract.body.field(playing: .eventID) { sources.append(.fields([field.pointer])) }
        let type = contract.body.field(playing: .eventType).map { [$0.pointer] } ?? []
        for subject in contract.body.fields where subject.role == .subject {
            sources.append(.fields(type + [subject.pointer]))
        }
        return sources.reduce(into: []) { unique, source in
            if !unique.contains(source) { unique.append(source) }
        }
    }
}
