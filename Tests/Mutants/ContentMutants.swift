import FoundationEssentials
import Notation
import ReferenceDispatching
import WebhookContracts

/// Reads numbers as binary floating-point, as parsers do that know no other.
struct RoundsNumbers: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.substituted(body, event: event).mappingLeaves { leaf in
            guard case .number(let literal) = leaf, let number = Double(literal) else { return leaf }
            return .number(number.rounded() == number && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)")
        }
    }
}

/// Stores texts in a column that has no room for characters beyond the basic plane.
struct LosesEmoji: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.substituted(body, event: event).mappingLeaves { leaf in
            guard case .string(let text) = leaf else { return leaf }
            return .string(String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value > 0xFFFF ? "?" : $0 })))
        }
    }
}

/// Escapes texts for HTML, although nobody shows them in a page.
struct EscapesForHTML: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.substituted(body, event: event).mappingLeaves { leaf in
            guard case .string(let text) = leaf else { return leaf }
            return .string(text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
        }
    }
}

/// Writes the object of an event as text of JSON inside the JSON.
struct EncodesTwice: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        let body = contract.body.substituted(body, event: event)
        guard let members = body.members else { return body }
        return .object(
            members.map { member in
                guard case .object = member.value else { return member }
                return JSONMember(name: member.name, value: .string(member.value.compact()))
            }
        )
    }
}

/// Writes times as seconds since 1970.
struct WritesUnixTimes: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        contract.body.fields.filter { $0.timeForm != nil }.reduce(body) { body, field in
            body.setting(.number("1764950400"), at: field.pointer) ?? body
        }
    }
}

/// Writes the host's local time and calls it UTC.
struct CallsLocalTimeUTC: DispatchPolicy {
    let contract: Contract
    func body(of submission: EventSubmission, facts: EventFacts) throws(RequestRefusal) -> JSONValue? {
        var shifted = facts
        shifted.now = facts.now.advanced(by: .seconds(7200))
        return try ContractPolicy(contract).body(of: submission, facts: shifted)
    }
}

/// Sends the newest spelling of the time's name to apps of every age.
struct ForgetsOldSpellings: DispatchPolicy {
    let contract: Contract
    func substituted(_ body: JSONValue, event: String) -> JSONValue {
        guard let pointer = contract.body.field(playing: .occurredAt)?.pointer, let time = body[pointer],
            pointer.tokens.last == "occuredAt"
        else { return body }
        let now = JSONPointer(tokens: pointer.tokens.dropLast() + ["occurredAt"])
        return body.removing(at: pointer).setting(time, at: now) ?? body
    }
}

/// Lists every change, watched or not, once one that is watched is among them.
struct ListsEveryChange: DispatchPolicy {
    let contract: Contract
    func body(of submission: EventSubmission, facts: EventFacts) throws(RequestRefusal) -> JSONValue? {
        guard let kept = try ContractPolicy(contract).body(of: submission, facts: facts) else { return nil }
        return contract.body.watched.compactMap(\.value).reduce(kept) { body, rule in
            guard body[rule.list] != nil, let all = submission.payload[rule.list] else { return body }
            return body.setting(all, at: rule.list) ?? body
        }
    }
}

/// Removes forbidden members where they usually are, and overlooks them deeper down.
struct OverlooksNestedData: DispatchPolicy {
    let contract: Contract
    func forbiddenRemoved(_ body: JSONValue, event: String) -> JSONValue {
        let names = contract.body.forbidden.compactMap(\.value).flatMap(\.names)
        return names.reduce(body) { body, name in
            (try? JSONPointer("/data/\(name)")).map { body.removing(at: $0) } ?? body
        }
    }
}

/// Takes every path of publication for the same occurrence, whatever it is about.
struct CollapsesDifferentSubjects: DispatchPolicy {
    let contract: Contract
    func publicationKey(of body: JSONValue, event: String) -> String? {
        ContractPolicy(contract).publicationKey(of: body, event: event).map { _ in event }
    }
}

/// Remembers publications in memory, where a restart forgets them.
struct ForgetsPublications: DispatchPolicy {
    let contract: Contract
    private let life = RandomID.make(prefix: "life_")

    init(contract: Contract) {
        self.contract = contract
    }

    func publicationKey(of body: JSONValue, event: String) -> String? {
        ContractPolicy(contract).publicationKey(of: body, event: event).map { "\(life) \($0)" }
    }
}

/// Gives events that happen in the same minute the same id.
struct MakesIDsOfTheMinute: DispatchPolicy {
    let contract: Contract
    func eventID(in attempt: Attempt) -> String {
        "evt_\(Int(attempt.event.createdAt.timeIntervalSince1970) / 60)"
    }
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        contract.replacingEventID(in: attempt.event.body, with: eventID(in: attempt))
    }
}

let contentMutants = [
    Mutant(
        name: "rounds-numbers",
        breaks: "Numbers arrive with the digits they were handed over with.",
        caughtBy: ["body.preserved"],
        hunts: ["contentspal/awkward-data"],
        policy: { RoundsNumbers(contract: $0) }
    ),
    Mutant(
        name: "loses-emoji",
        breaks: "Texts arrive with the characters they were handed over with.",
        caughtBy: ["body.preserved"],
        hunts: ["contentspal/awkward-data"],
        policy: { LosesEmoji(contract: $0) }
    ),
    Mutant(
        name: "escapes-for-html",
        breaks: "Texts are not escaped for a use they are not put to.",
        caughtBy: ["body.preserved"],
        hunts: ["contentspal/awkward-data"],
        policy: { EscapesForHTML(contract: $0) }
    ),
    Mutant(
        name: "encodes-twice",
        breaks: "An object in the body is an object, and not the text of one.",
        caughtBy: ["body.schema"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "body.preserved": "What was inside the object is no member of it any more."
        ],
        policy: { EncodesTwice(contract: $0) }
    ),
    Mutant(
        name: "writes-unix-times",
        breaks: "Times are RFC 3339 text.",
        caughtBy: ["body.times"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "body.schema": "The schema asks for text in the field."
        ],
        policy: { WritesUnixTimes(contract: $0) }
    ),
    Mutant(
        name: "calls-local-time-utc",
        breaks: "The time of dispatch is the time of dispatch, whatever the host's zone.",
        caughtBy: ["body.times"],
        hunts: ["contentspal/accepted"],
        policy: { CallsLocalTimeUTC(contract: $0) }
    ),
    Mutant(
        name: "forgets-old-spellings",
        breaks: "The time of occurrence has the name that the app's age asks for.",
        caughtBy: ["body.time-field-name"],
        hunts: ["jobber/era-b"],
        alsoTrips: [
            "body.schema": "The schema asks for the spelling of the age."
        ],
        policy: { ForgetsOldSpellings(contract: $0) }
    ),
    Mutant(
        name: "lists-every-change",
        breaks: "The list of changes names watched fields only.",
        caughtBy: ["body.conditional-fields"],
        hunts: ["contentspal/changes"],
        policy: { ListsEveryChange(contract: $0) }
    ),
    Mutant(
        name: "overlooks-nested-data",
        breaks: "Forbidden data is in no part of the body, however deep.",
        caughtBy: ["body.forbidden-data"],
        hunts: ["siteservicesnow/private-data"],
        policy: { OverlooksNestedData(contract: $0) }
    ),
    Mutant(
        name: "collapses-different-subjects",
        breaks: "Events about different subjects are never taken for one.",
        caughtBy: ["delivery.arrives"],
        hunts: ["siteservicesnow/two-visits"],
        policy: { CollapsesDifferentSubjects(contract: $0) }
    ),
    Mutant(
        name: "forgets-publications",
        breaks: "A second publication is recognised after a restart.",
        caughtBy: ["publication.once"],
        hunts: ["siteservicesnow/killed-between-publications"],
        reported: ["frain-dev/convoy#2747"],
        policy: { ForgetsPublications(contract: $0) }
    ),
    Mutant(
        name: "makes-ids-of-the-minute",
        breaks: "Events in quick succession have different ids.",
        caughtBy: ["dedup.keys-differ"],
        hunts: ["siteservicesnow/sudden-volume"],
        policy: { MakesIDsOfTheMinute(contract: $0) }
    ),
]
