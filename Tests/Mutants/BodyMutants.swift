import Notation
import ReferenceDispatching
import WebhookContracts

/// Leaves the field rep's contact data in the body.
struct LeaksForbiddenData: DispatchPolicy {
    let contract: Contract
    func forbiddenRemoved(_ body: JSONValue, event: String) -> JSONValue {
        let leak = contract.body.forbidden.compactMap(\.value).first { $0.events.contains(event) }?.names.first
        guard let leak, let data = try? JSONPointer("/data/\(leak)") else { return body }
        return body.setting(.string("rep@example.com"), at: data) ?? body
    }
}

/// Leaves a field empty that has a text for that case.
struct OmitsSubstitutes: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue { body }
}

/// Sends conditional fields whether or not their condition holds.
struct IgnoresConditions: DispatchPolicy {
    let contract: Contract
    func conditionsKept(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.conditional.compactMap(\.value).reduce(body) { body, field in
            if let value = body[field.pointer], value != .null { return body }
            let example = contract.events.lazy.compactMap { $0.example?[field.pointer] }.first ?? .array([])
            return body.setting(example, at: field.pointer) ?? body
        }
    }
}

/// Sends null in place of an absent field.
struct NullsAbsentFields: DispatchPolicy {
    let contract: Contract
    func conditionsKept(_ body: JSONValue, event: String) -> JSONValue {
        let kept = contract.body.conditionsKept(body, event: event)
        return contract.body.conditional.compactMap(\.value).reduce(kept) { body, field in
            body[field.pointer] == nil ? body.setting(.null, at: field.pointer) ?? body : body
        }
    }
}

/// Publishes changes that nobody watches.
struct PublishesUnwatchedChanges: DispatchPolicy {
    let contract: Contract
    func body(of submission: EventSubmission, facts: EventFacts) throws(RequestRefusal) -> JSONValue? {
        conditionsKept(try contract.body.filling(submission.payload, with: facts), event: submission.type)
    }
}

/// Writes the time of occurrence under both of its names.
struct WritesBothTimeFields: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        guard let pointer = contract.body.field(playing: .occurredAt)?.pointer, let time = body[pointer],
            let name = pointer.tokens.last
        else { return body }
        let other = name == "occurredAt" ? "occuredAt" : "occurredAt"
        return body.setting(time, at: JSONPointer(tokens: pointer.tokens.dropLast() + [other])) ?? body
    }
}

/// Writes times without saying in which zone they are.
struct ForgetsTheOffset: DispatchPolicy {
    let contract: Contract
    func body(of submission: EventSubmission, facts: EventFacts) throws(RequestRefusal) -> JSONValue? {
        guard let body = try ContractPolicy(contract).body(of: submission, facts: facts) else { return nil }
        return contract.body.fields.filter { $0.timeForm != nil }.reduce(body) { body, field in
            guard let time = body[field.pointer]?.stringValue else { return body }
            return body.setting(.string(String(time.prefix(19))), at: field.pointer) ?? body
        }
    }
}

/// Delivers an occurrence once for each path that publishes it.
struct DeliversEveryPublication: DispatchPolicy {
    let contract: Contract
    func publicationKey(of body: JSONValue, event: String) -> String? { nil }
}

/// Publishes through closed gates.
struct IgnoresGates: DispatchPolicy {
    let contract: Contract
    func reasonToHoldBack(_ submission: EventSubmission) -> String? { nil }
}

/// Sends every event to every endpoint.
struct IgnoresSubscriptions: DispatchPolicy {
    let contract: Contract
    func isSubscribed(_ endpoint: Endpoint, to event: String) -> Bool { true }
}

/// Sends events of every source to endpoints that want one only.
struct IgnoresTheSourceFilter: DispatchPolicy {
    let contract: Contract
    func wants(_ endpoint: Endpoint, source: String?) -> Bool { true }
}

let bodyMutants = [
    Mutant(
        name: "leaks-forbidden-data",
        breaks: "rep.assigned has no e-mail, phone or internal id of the field rep.",
        caughtBy: ["body.forbidden-data"],
        hunts: ["siteservicesnow/private-data"],
        policy: { LeaksForbiddenData(contract: $0) }
    ),
    Mutant(
        name: "omits-substitutes",
        breaks: "A cleared field rep is sent as the agreed text.",
        caughtBy: ["body.forbidden-data"],
        hunts: ["siteservicesnow/rep-cleared"],
        alsoTrips: [
            "body.schema": "The schema wants a text where the substitute is missing."
        ],
        policy: { OmitsSubstitutes(contract: $0) }
    ),
    Mutant(
        name: "ignores-conditions",
        breaks: "A conditional field is only sent when its condition holds.",
        caughtBy: ["body.conditional-fields"],
        hunts: ["claimable/performed-by"],
        policy: { IgnoresConditions(contract: $0) }
    ),
    Mutant(
        name: "nulls-absent-fields",
        breaks: "An optional field without a value is absent, not null.",
        caughtBy: ["body.schema"],
        hunts: ["contentspal/optional-fields"],
        alsoTrips: [
            "body.conditional-fields": "A conditional field that is null is there although its condition is not met."
        ],
        policy: { NullsAbsentFields(contract: $0) }
    ),
    Mutant(
        name: "publishes-unwatched-changes",
        breaks: "Only changes of watched fields are published.",
        caughtBy: ["body.conditional-fields"],
        hunts: ["contentspal/unwatched-change"],
        policy: { PublishesUnwatchedChanges(contract: $0) }
    ),
    Mutant(
        name: "writes-both-time-fields",
        breaks: "The time of occurrence has the name of the app's era, and only that.",
        caughtBy: ["body.time-field-name"],
        hunts: ["jobber/era-b"],
        alsoTrips: [
            "body.schema": "The schema knows the era's own name only."
        ],
        policy: { WritesBothTimeFields(contract: $0) }
    ),
    Mutant(
        name: "forgets-the-offset",
        breaks: "Times are RFC 3339, with an offset.",
        caughtBy: ["body.times"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "body.schema": "The schema asks for RFC 3339 times too."
        ],
        policy: { ForgetsTheOffset(contract: $0) }
    ),
    Mutant(
        name: "delivers-every-publication",
        breaks: "One occurrence that two paths publish is delivered once.",
        caughtBy: ["publication.once"],
        hunts: ["siteservicesnow/published-twice"],
        policy: { DeliversEveryPublication(contract: $0) }
    ),
    Mutant(
        name: "ignores-gates",
        breaks: "A closed gate holds its events back.",
        caughtBy: ["endpoint.gates"],
        hunts: ["jobber/read-scope"],
        policy: { IgnoresGates(contract: $0) }
    ),
    Mutant(
        name: "ignores-subscriptions",
        breaks: "An endpoint gets the events chosen for it and no others.",
        caughtBy: ["endpoint.subscription", "scenario.attempts-at-endpoint"],
        hunts: ["claimable/subscription"],
        policy: { IgnoresSubscriptions(contract: $0) }
    ),
    Mutant(
        name: "ignores-the-source-filter",
        breaks: "An endpoint limited to one source gets no events of another.",
        caughtBy: ["endpoint.gates"],
        hunts: ["claimable/source-filter"],
        policy: { IgnoresTheSourceFilter(contract: $0) }
    ),
]
