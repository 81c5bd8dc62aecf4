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
        caughtBy: ["transport.https-only"],
        hunts: ["contentspal/http-url"],
        policy: { AcceptsPlainHTTP(contract: $0) }
    ),
    Mutant(
        name: "trusts-any-certificate",
        breaks: "Nothing is sent to a server whose certificate does not verify.",
        caughtBy: ["transport.certificates"],
        hunts: ["contentspal/self-signed"],
        policy: { TrustsAnyCertificate(contract: $0) }
    ),
    Mutant(
        name: "sends-get",
        breaks: "Deliveries are POST requests.",
        caughtBy: ["request.method-and-target"],
        hunts: ["contentspal/accepted"],
        policy: { SendsGET(contract: $0) }
    ),
    Mutant(
        name: "follows-redirects",
        breaks: "A redirect is a failed attempt, and its target is never visited.",
        caughtBy: ["redirect.not-followed"],
        hunts: ["contentspal/redirect", "exemplar/redirect-inside"],
        alsoTrips: [
            "request.method-and-target": "The request that follows the redirect is a GET without a body.",
            "body.content-type": "The request that follows the redirect is a GET without a body.",
            "body.schema": "The request that follows the redirect is a GET without a body.",
            "signature.bytes": "The request that follows the redirect is a GET without a body.",
            "signature.every-size": "The request that follows the redirect is a GET without a body.",
            "log.every-request": "The log knows nothing of the request that follows the redirect.",
            "transport.one-request-per-attempt": "The log knows nothing of the request that follows the redirect.",
            "retry.attempts": "The contract gives one attempt, and the receiver sees two requests.",
            "retry.none": "The contract gives one attempt, and the receiver sees two requests.",
        ],
        policy: { FollowsRedirects(contract: $0) }
    ),
    Mutant(
        name: "ignores-the-limit",
        breaks: "An attempt ends at the response limit.",
        caughtBy: ["limit.kept", "limit.late-answer-is-failure"],
        hunts: ["jobber/just-over-the-limit"],
        policy: { IgnoresTheLimit(contract: $0) }
    ),
    Mutant(
        name: "hangs-up-early",
        breaks: "A receiver that answers within the response limit has succeeded.",
        caughtBy: ["limit.kept"],
        hunts: ["jobber/just-under-the-limit"],
        policy: { HangsUpEarly(contract: $0) }
    ),
]
