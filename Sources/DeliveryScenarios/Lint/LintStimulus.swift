import Notation
import WebhookContracts

/// What a scenario names has to be in the contract.
extension LintRun {
    mutating func checkVariants() {
        let known = contract.variants.map(\.name)
        for variant in scenario.variants where !known.contains(variant) {
            error(
                "the contract has no variant `\(variant)`",
                at: scenario.variantPosition,
                help: Suggestion.help(for: variant, among: known, kind: "variants")
            )
        }
    }

    mutating func checkEndpoints() {
        for endpoint in scenario.endpoints {
            for event in endpoint.events ?? [] { checkEvent(event, at: endpoint.eventsPosition ?? endpoint.position) }
            if let source = endpoint.source { checkFilter(source, at: endpoint.position) }
            let offersBasic = contract.endpoint.authentication.value?.contains(.basic) ?? true
            if endpoint.hasCredentials, !offersBasic {
                warning(
                    "`auth: basic` is not among the ways to authenticate that the contract offers",
                    at: endpoint.position,
                    help: "leave it out, or apply a variant that has it"
                )
            }
        }
    }

    mutating func checkEmissions() {
        var earlier: [Emission] = []
        for step in scenario.steps {
            switch step.action {
            case .emit(let emission):
                check(emission, step: step, earlier: earlier)
                earlier.append(emission)
            case .burst(let emission, let count):
                check(emission, step: step, earlier: earlier)
                earlier += Array(repeating: emission, count: count)
            default: break
            }
        }
        let switchesOn = scenario.steps.contains { step in
            switch step.action {
            case .enable, .test: true
            default: false
            }
        }
        let isActivated = contract.endpoint.activationDelivery.value == true
        if earlier.isEmpty, !switchesOn, !isActivated, scenario.expectations.registration == nil {
            warning(
                "the scenario emits nothing, so nothing can be delivered",
                at: scenario.steps.first?.position,
                help: "add a step `- emit: <event>`"
            )
        }
    }

    private mutating func check(_ emission: Emission, step: Step, earlier: [Emission]) {
        let place = emission.position ?? step.position
        checkEvent(emission.event, at: place)
        if emission.source != nil { checkHasSources(at: place) }
        for gate in emission.closedGates { checkGate(gate, for: emission.event, at: place) }
        guard let again = emission.again else { return }
        guard (1...max(1, earlier.count)).contains(again), !earlier.isEmpty else {
            error(
                "`again: \(again)` names no earlier emission; \(earlier.count) come before it",
                at: place,
                help: "count the emissions from 1; each event of a burst is one"
            )
            return
        }
        let first = earlier[again - 1].event
        if first != emission.event {
            error(
                "`again: \(again)` is an emission of `\(first)`, not of `\(emission.event)`",
                at: place,
                help: "repeat the same event"
            )
        }
    }

    private mutating func checkEvent(_ event: String, at position: SourcePosition?) {
        let known = contract.events.map(\.name)
        guard !known.contains(event) else { return }
        error(
            "the contract has no event `\(event)`",
            at: position,
            help: Suggestion.help(for: event, among: known, kind: "events")
        )
    }

    /// An event may have any source, so long as the contract knows of sources at all.
    private mutating func checkHasSources(at position: SourcePosition?) {
        let hasFilter = contract.endpoint.sourceFilter.value != nil
        guard !hasFilter, contract.body.field(playing: .source) == nil else { return }
        error("the events of this contract have no source", at: position, help: "leave out `source`")
    }

    private mutating func checkFilter(_ source: String, at position: SourcePosition?) {
        guard let known = contract.endpoint.sourceFilter.value else {
            error("endpoints of this contract take no source", at: position, help: "leave out `source`")
            return
        }
        guard !known.contains(source) else { return }
        error(
            "the contract has no source `\(source)`",
            at: position,
            help: Suggestion.help(for: source, among: known, kind: "sources")
        )
    }

    private mutating func checkGate(_ name: String, for event: String, at position: SourcePosition?) {
        let known = contract.gates.map(\.name)
        guard let gate = contract.gates.first(where: { $0.name == name }) else {
            error(
                "the contract has no gate `\(name)`",
                at: position,
                help: Suggestion.help(for: name, among: known, kind: "gates")
            )
            return
        }
        if !gate.covers(event) {
            warning(
                "the gate `\(name)` does not hold back `\(event)`, so closing it shows nothing",
                at: position,
                help: "emit an event that it covers: \(gate.events.joined(separator: ", "))"
            )
        }
    }
}
