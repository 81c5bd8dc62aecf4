import ReferenceDispatching
import WebhookContracts

/// Registers and serves plain `http://` endpoints.
struct AcceptsPlainHTTP: DispatchPolicy {
    let contract: Contract
    func acceptedSchemes() -> Set<String> { ["http", "https"] }
}

/// Sends to servers whose certificate does not verify.
struct TrustsAnyCertificate: DispatchPolicy {
    let contract: Contract
    func verifiesCertificates() -> Bool { false }
}

/// Sends GET requests.
struct SendsGET: DispatchPolicy {
    let contract: Contract
    func method() -> String { "GET" }
}

/// Follows redirects, so that it delivers where nobody registered.
struct FollowsRedirects: DispatchPolicy {
    let contract: Contract
    func followedRedirects() -> Int { 5 }
}

/// Waits twice as long for an answer as the contract says.
struct IgnoresTheLimit: DispatchPolicy {
    let contract: Contract
    func responseLimit() -> Duration { ContractPolicy(contract).responseLimit() * 2 }
}

/// Gives receivers half of their time.
struct HangsUpEarly: DispatchPolicy {
    let contract: Contract
    func responseLimit() -> Duration { ContractPolicy(contract).responseLimit() / 2 }
}

let transportMutants = [
    Mutant(
        name: "accepts-plain-http",
        breaks: "Nothing is sent to a URL that is not https.",
        codes: ["T1"],
        providers: [Provider.contentspal, Provider.oneclickcontractor],
        policy: { AcceptsPlainHTTP(contract: $0) }
    ),
    Mutant(
        name: "trusts-any-certificate",
        breaks: "Nothing is sent to a server whose certificate does not verify.",
        codes: ["T2"],
        providers: [Provider.contentspal, Provider.oneclickcontractor],
        policy: { TrustsAnyCertificate(contract: $0) }
    ),
    Mutant(
        name: "sends-get",
        breaks: "Deliveries are POST requests.",
        codes: ["T4"],
        providers: Provider.all,
        policy: { SendsGET(contract: $0) }
    ),
    Mutant(
        name: "follows-redirects",
        breaks: "A redirect is a failed attempt, and its target is never visited.",
        codes: ["F1"],
        providers: [Provider.contentspal, Provider.oneclickcontractor],
        policy: { FollowsRedirects(contract: $0) }
    ),
    Mutant(
        name: "ignores-the-limit",
        breaks: "An attempt ends at the response limit.",
        codes: ["L1", "L4"],
        providers: [Provider.contentspal, Provider.jobber],
        policy: { IgnoresTheLimit(contract: $0) }
    ),
    Mutant(
        name: "hangs-up-early",
        breaks: "A receiver that answers within the response limit has succeeded.",
        codes: ["L1"],
        providers: [Provider.contentspal, Provider.jobber],
        policy: { HangsUpEarly(contract: $0) }
    ),
]
