import CurlTransport
import FoundationEssentials
import Notation
import ReferenceDispatching
import WebhookContracts

/// Speaks whatever version of TLS the receiver has.
struct SpeaksOldTLS: DispatchPolicy {
    let contract: Contract
    func oldestTLS() -> OldestTLS { .any }
}

/// Looks for an answer only once the whole body is out.
struct SendsTheWholeBodyFirst: DispatchPolicy {
    let contract: Contract
    func sendsBodyInAnyCase() -> Bool { true }
}

/// Waits for a connection for as long as for an answer.
struct HasNoConnectLimit: DispatchPolicy {
    let contract: Contract
    func connectLimit() -> Duration? { nil }
}

/// Tries the IPv4 addresses of a name and no others.
struct KnowsOnlyIPv4: DispatchPolicy {
    let contract: Contract
    func addressesToTry(_ found: [String]) -> [String] { found.filter { !$0.contains(":") } }
}

/// Tries the first address of a name and no other.
struct TriesTheFirstAddress: DispatchPolicy {
    let contract: Contract
    func addressesToTry(_ found: [String]) -> [String] { Array(found.prefix(1)) }
}

/// Gives a delivery up when its host's name is not found.
struct GivesUpOnUnknownNames: DispatchPolicy {
    let contract: Contract
    func outcome(of failure: TransferError) -> AttemptOutcome? {
        failure.kind == .nameResolution ? .unsendable : ContractPolicy(contract).outcome(of: failure)
    }
}

/// Takes any text for a URL, and tries it until it works.
struct HammersAtUnusableURLs: DispatchPolicy {
    let contract: Contract
    func refusal(of endpoint: Endpoint, besides others: Int, guardedBy rules: AddressRules) -> RequestRefusal? { nil }
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        guard outcome == .unsendable else {
            return ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        }
        return .retry(at: now.addingTimeInterval(5))
    }
}

/// Takes a host that begins with 127 for the only private one, and asks nothing when it connects.
struct GuardsOneSpelling: DispatchPolicy {
    let contract: Contract
    func refusal(of endpoint: Endpoint, besides others: Int, guardedBy rules: AddressRules) -> RequestRefusal? {
        if endpoint.url.contains("://127.0.0.1") { return RequestRefusal("private addresses are not delivered to") }
        let everything = ["0.0.0.0/0", "::/0"].compactMap { AddressBlock($0) }
        let open = AddressRules(exceptions: everything)
        return ContractPolicy(contract).refusal(of: endpoint, besides: others, guardedBy: open)
    }
    func mayDial(_ address: String, guardedBy rules: AddressRules) -> Bool { true }
}

/// Looks at addresses when an endpoint is registered and never again.
struct ChecksAddressesOnce: DispatchPolicy {
    let contract: Contract
    func mayDial(_ address: String, guardedBy rules: AddressRules) -> Bool { true }
}

/// Connects directly although there is a proxy.
struct GoesAroundTheProxy: DispatchPolicy {
    let contract: Contract
    func usesProxy() -> Bool { false }
}

/// Tests endpoints without the guards of other deliveries.
struct TestsWithoutGuards: DispatchPolicy {
    let contract: Contract
    func rulesOfTests(_ rules: AddressRules) -> AddressRules {
        AddressRules(allowsLoopback: true, exceptions: rules.exceptions)
    }
}

/// Shows whoever tests an endpoint what it answered.
struct ShowsTestAnswers: DispatchPolicy {
    let contract: Contract
    func shown(ofTest result: AttemptResult) -> JSONValue {
        .object([
            JSONMember(name: "status", value: .string(result.word)),
            JSONMember(name: "body", value: .string(String(decoding: result.responseBody, as: UTF8.self))),
        ])
    }
}

let networkMutants = [
    Mutant(
        name: "speaks-old-tls",
        breaks: "Nothing is sent over TLS 1.1 or older.",
        caughtBy: ["transport.tls-version"],
        hunts: ["exemplar/old-tls"],
        policy: { SpeaksOldTLS(contract: $0) }
    ),
    Mutant(
        name: "sends-the-whole-body-first",
        breaks: "An answer that comes before the body is out ends the attempt.",
        caughtBy: ["failure.early-answer"],
        hunts: ["exemplar/early-answer"],
        alsoTrips: ["retry.gaps": "The wait counts from the answer, which the dispatcher sees only at its own limit."],
        policy: { SendsTheWholeBodyFirst(contract: $0) }
    ),
    Mutant(
        name: "has-no-connect-limit",
        breaks: "An attempt that cannot connect is over at the connect limit.",
        caughtBy: ["limit.connect"],
        hunts: ["exemplar/port-silent"],
        policy: { HasNoConnectLimit(contract: $0) }
    ),
    Mutant(
        name: "knows-only-ipv4",
        breaks: "A receiver is reached at an IPv6 address too.",
        caughtBy: ["transport.address-families"],
        hunts: ["exemplar/address-families"],
        policy: { KnowsOnlyIPv4(contract: $0) }
    ),
    Mutant(
        name: "tries-the-first-address",
        breaks: "A receiver is reached when the first of its addresses is dead.",
        caughtBy: ["transport.address-families"],
        hunts: ["exemplar/address-families"],
        policy: { TriesTheFirstAddress(contract: $0) }
    ),
    Mutant(
        name: "gives-up-on-unknown-names",
        breaks: "A name that is not found is a network failure, which is tried again.",
        caughtBy: ["failure.name-not-found"],
        hunts: ["exemplar/name-not-found"],
        policy: { GivesUpOnUnknownNames(contract: $0) }
    ),
    Mutant(
        name: "hammers-at-unusable-urls",
        breaks: "A URL that leads nowhere is refused.",
        caughtBy: ["endpoint.unusable-url"],
        hunts: ["exemplar/unusable-urls"],
        policy: { HammersAtUnusableURLs(contract: $0) }
    ),
    Mutant(
        name: "guards-one-spelling",
        breaks: "Private addresses are refused in every written form.",
        caughtBy: ["security.private-addresses"],
        hunts: ["exemplar/private-addresses"],
        alsoTrips: [
            "request.method-and-target":
                "libcurl names the address in Host as it understood it, and not in the form that the URL has"
        ],
        policy: { GuardsOneSpelling(contract: $0) }
    ),
    Mutant(
        name: "checks-addresses-once",
        breaks: "An address is looked at when it is connected to.",
        caughtBy: ["security.rebinding"],
        hunts: ["exemplar/rebinding"],
        policy: { ChecksAddressesOnce(contract: $0) }
    ),
    Mutant(
        name: "goes-around-the-proxy",
        breaks: "With a proxy set, every delivery goes through it.",
        caughtBy: ["security.proxy"],
        hunts: ["exemplar/proxy"],
        policy: { GoesAroundTheProxy(contract: $0) }
    ),
    Mutant(
        name: "trusts-the-proxy",
        breaks: "A proxy is not asked for an address that must not be spoken to.",
        caughtBy: ["security.proxy", "security.private-addresses"],
        hunts: ["exemplar/proxy-guarded"],
        policy: { ChecksAddressesOnce(contract: $0) }
    ),
    Mutant(
        name: "tests-without-guards",
        breaks: "A test delivery obeys the guards of every delivery.",
        caughtBy: ["security.test-delivery"],
        hunts: ["exemplar/test-delivery-guarded"],
        policy: { TestsWithoutGuards(contract: $0) }
    ),
    Mutant(
        name: "shows-test-answers",
        breaks: "A test delivery shows nothing of the receiver's answer.",
        caughtBy: ["security.test-delivery"],
        hunts: ["exemplar/test-delivery"],
        policy: { ShowsTestAnswers(contract: $0) }
    ),
]
