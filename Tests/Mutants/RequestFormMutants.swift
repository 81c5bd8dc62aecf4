import CurlTransport
import Notation
import ReferenceDispatching
import WebhookContracts

/// Lets an endpoint's owner put headers in the place of the contract's.
struct LetsOwnersReplaceHeaders: DispatchPolicy {
    let contract: Contract
    func refusal(of endpoint: Endpoint, besides others: Int, guardedBy rules: AddressRules) -> RequestRefusal? {
        var bare = endpoint
        bare.headers = endpoint.headers.filter { !contract.reservedHeaderNames.contains($0.name.lowercased()) }
        return ContractPolicy(contract).refusal(of: bare, besides: others, guardedBy: rules)
    }
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        let own = Set(parts.own.map { $0.name.lowercased() })
        return contract.headerFields(parts).filter { !own.contains($0.name.lowercased()) } + parts.own
    }
}

/// Writes what stands behind a line break of an owner's header as a header of its own.
struct SplitsOwnersHeaders: DispatchPolicy {
    let contract: Contract
    func refusal(of endpoint: Endpoint, besides others: Int, guardedBy rules: AddressRules) -> RequestRefusal? {
        var bare = endpoint
        bare.headers = endpoint.headers.filter { !$0.value.contains(where: \.isNewline) }
        return ContractPolicy(contract).refusal(of: bare, besides: others, guardedBy: rules)
    }
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts).flatMap { field -> [HeaderField] in
            let lines = field.value.split(whereSeparator: \.isNewline).map(String.init)
            guard let first = lines.first else { return [field] }
            let rest = lines.dropFirst().compactMap { line -> HeaderField? in
                let halves = line.split(separator: ":", maxSplits: 1)
                return halves.count == 2 ? HeaderField(String(halves[0]), halves[1].filter { $0 != " " }) : nil
            }
            return [HeaderField(field.name, first)] + rest
        }
    }
}

/// Sends idempotency keys without the quotes that make them strings.
struct SendsBareIdempotencyKeys: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        let name = contract.header(carrying: .idempotencyKey)?.name
        return contract.headerFields(parts).map { $0.name == name ? HeaderField($0.name, parts.eventID) : $0 }
    }
}

/// Draws a new idempotency key for every attempt.
struct RenewsIdempotencyKeys: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        let name = contract.header(carrying: .idempotencyKey)?.name
        let key = "\"\(parts.eventID)-\(attempt.number)\""
        return contract.headerFields(parts).map { $0.name == name ? HeaderField($0.name, key) : $0 }
    }
}

/// Reads numbers as floating point before it writes them into a form.
struct RoundsInForms: DispatchPolicy {
    let contract: Contract
    func bytes(of body: JSONValue) -> [UInt8] {
        ContractPolicy(contract).bytes(
            of: body.mappingLeaves { leaf in
                guard case .number(let literal) = leaf, let number = Double(literal) else { return leaf }
                return .number("\(number)")
            }
        )
    }
}

let requestFormMutants = [
    Mutant(
        name: "lets-owners-replace-headers",
        breaks: "An owner's header never stands in the place of the contract's.",
        caughtBy: ["headers.contract-wins"],
        hunts: ["exemplar/own-headers"],
        alsoTrips: [
            "signature.bytes": "the owner's text stands where the signature belongs",
            "signature.encoding": "the owner's text stands where the signature belongs",
        ],
        reported: ["opsmill/infrahub#8403"],
        policy: { LetsOwnersReplaceHeaders(contract: $0) }
    ),
    Mutant(
        name: "splits-owners-headers",
        breaks: "A line break in an owner's header writes no line of the head.",
        caughtBy: ["headers.contract-wins"],
        hunts: ["exemplar/own-headers"],
        policy: { SplitsOwnersHeaders(contract: $0) }
    ),
    Mutant(
        name: "sends-bare-idempotency-keys",
        breaks: "An idempotency key is a quoted string.",
        caughtBy: ["dedup.idempotency-key"],
        hunts: ["exemplar/retried"],
        policy: { SendsBareIdempotencyKeys(contract: $0) }
    ),
    Mutant(
        name: "renews-idempotency-keys",
        breaks: "Every attempt of an event has the same idempotency key.",
        caughtBy: ["dedup.idempotency-key"],
        hunts: ["exemplar/retried"],
        policy: { RenewsIdempotencyKeys(contract: $0) }
    ),
    Mutant(
        name: "rounds-in-forms",
        breaks: "Numbers stand in a form with the digits they were handed over with.",
        caughtBy: ["body.decimals"],
        hunts: ["exemplar/form-numbers"],
        policy: { RoundsInForms(contract: $0) }
    ),
]
