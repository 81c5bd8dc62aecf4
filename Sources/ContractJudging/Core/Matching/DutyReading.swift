import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Decides whether an event had to be delivered to an endpoint, from the contract and the state at the time.
struct DutyReading {
    var contract: Contract
    var scenario: Scenario

    func duty(of emission: EmissionView, at endpoint: EndpointView) -> Duty {
        guard emission.emitted.accepted else {
            // Whoever does not answer in time may have taken the event on all the same.
            let isOpen = emission.emitted.status == nil && emission.emitted.detail.hasPrefix("no answer")
            return isOpen ? .uncertain("the hand-over had no answer") : .barred(.eventRefused)
        }
        guard let registration = endpoint.registration else { return .uncertain("the endpoint was never registered") }
        guard registration.value.accepted else { return .barred(.endpointRefused) }
        if endpoint.identity == .plain, contract.transport.scheme.value == .httpsOnly { return .barred(.plainURL) }
        if let events = endpoint.events, !events.contains(emission.type) {
            return contract.endpoint.subscription.value == .all
                ? .uncertain("the endpoint is limited to some events, and the contract sends all")
                : .barred(.notSubscribed)
        }
        if let duty = reach(of: endpoint) { return duty }
        if isUnchanged(emission) { return .barred(.nothingWatchedChanged) }
        if let bar = gateOrSource(emission, endpoint) { return bar }
        if let earlier = emission.emitted.again, let duty = repetition(of: earlier, emission) { return duty }
        return state(of: endpoint, when: emission)
    }

    /// What the scenario's network makes of an endpoint; `nil` when it is reached as any other.
    private func reach(of endpoint: EndpointView) -> Duty? {
        guard let described = endpoint.scenario else { return nil }
        if scenario.isOffLimits(described) {
            return contract.transport.privateAddresses.value == .blocked
                ? .barred(.privateAddress) : .uncertain("it is at a private address")
        }
        guard described.isReachable else { return .uncertain("its URL leads nowhere") }
        guard let name = scenario.scriptedName(of: described) else { return nil }
        let isPlain = !name.failsAtTimes && name.addresses.count == 1 && !name.addresses.contains(where: \.isVersion6)
        return isPlain ? nil : .uncertain("it has to be found by a name that is hard to resolve")
    }

    /// An event that happens only when a watched value changed did not happen when none did.
    private func isUnchanged(_ emission: EmissionView) -> Bool {
        contract.body.watched.contains { clause in
            guard let rule = clause.value, rule.triggers == emission.type else { return false }
            let entries = emission.payload?[rule.list]?.items ?? []
            return !entries.contains { entry in
                let name = entry.members?.first { $0.name == rule.member }?.value.stringValue
                return name.map { rule.values.contains($0) } ?? false
            }
        }
    }

    private func gateOrSource(_ emission: EmissionView, _ endpoint: EndpointView) -> Duty? {
        for name in emission.emitted.closedGates {
            guard let gate = contract.gates.first(where: { $0.name == name }) else {
                return .uncertain("the contract knows no gate called \(name)")
            }
            guard gate.covers(emission.type) else { continue }
            return gate.rule.value == nil ? .uncertain("what the gate \(name) does is unstated") : .barred(.gate(name))
        }
        if let wanted = endpoint.source {
            guard let source = emission.emitted.source else { return .uncertain("the event names no source") }
            guard source != wanted else { return nil }
            return contract.endpoint.sourceFilter.value == nil
                ? .uncertain("a filter by source is not promised") : .barred(.source(wanted: wanted))
        }
        return nil
    }

    private func repetition(of earlier: String, _ emission: EmissionView) -> Duty? {
        if let rules = contract.publication.once.value {
            return rules.contains { $0.events.contains(emission.type) } ? .barred(.repetition(of: earlier)) : nil
        }
        return .uncertain("it repeats \(earlier), and what becomes of repetitions is not promised")
    }

    /// The state of the endpoint while the event was handed over.
    private func state(of endpoint: EndpointView, when emission: EmissionView) -> Duty {
        var isActive = contract.endpoint.initialState.value != .deactivated
        var wasSwitched = false
        for change in endpoint.changes where change.value.accepted {
            guard change.value.asked <= emission.at else { break }
            guard change.at <= emission.emitted.asked else {
                return .uncertain("the endpoint was being \(change.value.change.rawValue) at the time")
            }
            switch change.value.change {
            case .enabled: isActive = true
            case .disabled: isActive = false
            case .deleted: return .barred(.deleted)
            }
            wasSwitched = true
        }
        if isActive { return .due }
        // A runner may create an endpoint in its active state without a record of switching it on.
        if !wasSwitched, endpoint.scenario?.enabled ?? true {
            return .uncertain("the evidence does not say whether the endpoint was switched on")
        }
        return .barred(.disabled)
    }
}
