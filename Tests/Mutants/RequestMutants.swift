import CurlTransport
import Notation
import ReferenceDispatching
import WebhookContracts

/// Leaves out the header that names the event.
struct DropsTheEventHeader: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        let names = contract.headers.filter { $0.value.value == .eventType || $0.value.value == .quotedEventType }
        return contract.headerFields(parts).filter { field in !names.contains { field.isNamed($0.name) } }
    }
}

/// Gives every event type a suffix that no contract lists.
struct MisnamesEvents: DispatchPolicy {
    let contract: Contract
    func sentName(of event: String) -> String { ContractPolicy(contract).sentName(of: event) + ".v2" }
}

/// Names another event in the header than in the body.
struct HeaderContradictsBody: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        var parts = parts
        parts.sentName = contract.events.first { $0.sentName != parts.sentName }?.sentName ?? "another"
        return contract.headerFields(parts)
    }
}

/// Puts literal quotes around the event's name in the header.
struct QuotesTheEventName: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        var parts = parts
        parts.sentName = "\"\(parts.sentName)\""
        return contract.headerFields(parts)
    }
}

/// Calls every body plain text.
struct MislabelsTheBody: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts).map { $0.isNamed("Content-Type") ? HeaderField($0.name, "text/plain") : $0 }
    }
}

/// Sends no credentials although the endpoint has some.
struct ForgetsCredentials: DispatchPolicy {
    let contract: Contract
    func authorization(of endpoint: Endpoint) -> String? { nil }
}

/// Uses an id in the header that is not the one in the body.
struct HeaderIDContradictsBody: DispatchPolicy {
    let contract: Contract
    func eventID(in attempt: Attempt) -> String { attempt.deliveryID }
}

/// Numbers attempts the same for ever.
struct NeverCountsAttempts: DispatchPolicy {
    let contract: Contract
    func attemptNumber(of attempt: Attempt) -> Int { 1 }
}

/// Gives every attempt an event id of its own.
struct NewIDPerAttempt: DispatchPolicy {
    let contract: Contract
    func eventID(in attempt: Attempt) -> String {
        attempt.number == 1 ? attempt.event.id : "\(attempt.event.id)-\(attempt.number)"
    }
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        contract.replacingEventID(in: attempt.event.body, with: eventID(in: attempt))
    }
}

/// Gives all events the same id.
struct OneIDForAllEvents: DispatchPolicy {
    let contract: Contract
    func eventID(in attempt: Attempt) -> String { "evt_1" }
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        contract.replacingEventID(in: attempt.event.body, with: "evt_1")
    }
}

extension Contract {
    /// Gives a body with another event id where the contract has one in it.
    func replacingEventID(in body: [UInt8], with id: String) -> [UInt8] {
        guard let pointer = self.body.field(playing: .eventID)?.pointer,
            let value = try? JSONValue.parse(body), let changed = value.setting(.string(id), at: pointer)
        else { return body }
        return Array(changed.compact().utf8)
    }
}

let requestMutants = [
    Mutant(
        name: "drops-the-event-header",
        breaks: "Every delivery names its event in a header.",
        caughtBy: ["headers.present-once"],
        hunts: ["contentspal/accepted"],
        policy: { DropsTheEventHeader(contract: $0) }
    ),
    Mutant(
        name: "misnames-events",
        breaks: "Events have the names that the contract lists.",
        caughtBy: ["event.names"],
        hunts: ["contentspal/accepted"],
        policy: { MisnamesEvents(contract: $0) }
    ),
    Mutant(
        name: "header-contradicts-body",
        breaks: "Header and body name the same event.",
        caughtBy: ["event.name-agrees"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "event.names": "The header holds another event's name than that of the event sent."
        ],
        policy: { HeaderContradictsBody(contract: $0) }
    ),
    Mutant(
        name: "quotes-the-event-name",
        breaks: "The event's name stands in its header without quotes.",
        caughtBy: ["event.name-unquoted"],
        hunts: ["claimable/accepted"],
        alsoTrips: [
            "event.name-agrees": "The body names the event without quotes.",
            "event.names": "A quoted name is not the listed one.",
        ],
        policy: { QuotesTheEventName(contract: $0) }
    ),
    Mutant(
        name: "mislabels-the-body",
        breaks: "The body has the media type of the contract.",
        caughtBy: ["body.content-type"],
        hunts: ["jobber/accepted"],
        policy: { MislabelsTheBody(contract: $0) }
    ),
    Mutant(
        name: "forgets-credentials",
        breaks: "Deliveries authenticate themselves as the endpoint is set up.",
        caughtBy: ["auth.basic-exact"],
        hunts: ["oneclickcontractor/basic-auth"],
        policy: { ForgetsCredentials(contract: $0) }
    ),
    Mutant(
        name: "header-id-contradicts-body",
        breaks: "Header and body carry the same event id.",
        caughtBy: ["event.id-agrees"],
        hunts: ["siteservicesnow/accepted"],
        policy: { HeaderIDContradictsBody(contract: $0) }
    ),
    Mutant(
        name: "never-counts-attempts",
        breaks: "The attempt number grows by one with each attempt.",
        caughtBy: ["retry.attempt-number"],
        hunts: ["siteservicesnow/server-error"],
        alsoTrips: [
            "transport.one-request-per-attempt": "Several requests carry the same attempt number."
        ],
        policy: { NeverCountsAttempts(contract: $0) }
    ),
    Mutant(
        name: "new-id-per-attempt",
        breaks: "All attempts of an event carry the same id.",
        caughtBy: ["dedup.key-stable"],
        hunts: ["siteservicesnow/server-error"],
        alsoTrips: [
            "dedup.natural-key-stable": "The id stands in the body too."
        ],
        policy: { NewIDPerAttempt(contract: $0) }
    ),
    Mutant(
        name: "one-id-for-all-events",
        breaks: "No two events carry the same id.",
        caughtBy: ["dedup.keys-differ"],
        hunts: ["siteservicesnow/accepted"],
        policy: { OneIDForAllEvents(contract: $0) }
    ),
]
