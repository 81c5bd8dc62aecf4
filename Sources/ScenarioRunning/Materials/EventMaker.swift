package import DeliveryScenarios
package import DispatcherControl
import Notation
package import WebhookContracts

/// Makes the events of a scenario out of the contract's examples.
package struct EventMaker {
    private let contract: Contract
    private let wallClock: WallClock
    private var made: [EventFacts] = []

    /// Makes events that happen by `wallClock`.
    package init(contract: Contract, wallClock: WallClock) {
        self.contract = contract
        self.wallClock = wallClock
    }

    /// The next event of the scenario, or the earlier one that the emission repeats.
    ///
    /// - Throws: `ScenarioRunError` when the contract has no example for it, or an override does not fit.
    package mutating func make(_ emission: Emission) throws(ScenarioRunError) -> EventFacts {
        let number = made.count + 1
        if let again = emission.again {
            guard made.indices.contains(again - 1) else {
                throw ScenarioRunError(
                    "the scenario repeats event \(again), but only \(made.count) were emitted before"
                )
            }
            var facts = made[again - 1]
            facts.again = facts.again ?? facts.name
            facts.name = "e\(number)"
            made.append(facts)
            return facts
        }
        guard let terms = contract.event(named: emission.event) else {
            throw ScenarioRunError("the contract has no event '\(emission.event)'")
        }
        guard let example = terms.example else {
            throw ScenarioRunError("the contract has no example for '\(emission.event)' (\(terms.examplePath))")
        }
        let facts = EventFacts(
            name: "e\(number)",
            type: emission.event,
            sentType: terms.sentName,
            payload: try overridden(occurrence(of: example, number: number), by: emission),
            source: emission.source,
            closedGates: emission.closedGates,
            again: nil
        )
        made.append(facts)
        return facts
    }

    /// The example as something that happens now, to a subject of its own.
    private func occurrence(of example: JSONValue, number: Int) -> JSONValue {
        var payload = example
        for field in contract.body.fields {
            guard let present = payload[field.pointer] else { continue }
            let value: JSONValue? =
                switch field.role {
                case .subject: SubjectNaming.id(like: present, number: number)
                case .occurredAt: .string(wallClock.now(as: field.timeForm ?? .utc))
                case .eventType, .eventID, .dispatchedAt, .source, .attemptNumber, .attemptedAt: nil
                }
            if let value { payload = payload.setting(value, at: field.pointer) ?? payload }
        }
        return payload
    }

    private func overridden(_ payload: JSONValue, by emission: Emission) throws(ScenarioRunError) -> JSONValue {
        var payload = payload
        if let source = emission.source, let field = contract.body.field(playing: .source) {
            payload = payload.setting(.string(source), at: field.pointer) ?? payload
        }
        for override in emission.overrides {
            guard let value = override.value else {
                payload = payload.removing(at: override.pointer)
                continue
            }
            guard let changed = payload.setting(value, at: override.pointer) else {
                throw ScenarioRunError(
                    "'\(override.pointer.text)' does not fit into the example of '\(emission.event)'"
                )
            }
            payload = changed
        }
        return payload
    }
}
