import ReferenceDispatching
import WebhookContracts

/// Delivers to endpoints that were switched off.
struct DeliversToDisabledEndpoints: DispatchPolicy {
    let contract: Contract
    func mayDeliver(to status: EndpointStatus) -> Bool { true }
}

/// Creates endpoints active where the contract has them deactivated.
struct CreatesActiveEndpoints: DispatchPolicy {
    let contract: Contract
    func initialStatus() -> EndpointStatus { .active }
}

/// Switches endpoints on without the promised delivery.
struct SkipsTheActivationDelivery: DispatchPolicy {
    let contract: Contract
    func activation(of endpoint: Endpoint) -> EventSubmission? { nil }
}

/// Switches an endpoint off after its first failure.
struct DisablesAtTheFirstFailure: DispatchPolicy {
    let contract: Contract
    func disablement() -> DisablementPolicy? {
        DisablementPolicy(window: .seconds(3600), minimum: 1, share: 0.01)
    }
}

/// Takes an answer that switches an endpoint off for any other failure.
struct IgnoresGone: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.disabling = StatusSet(ranges: []) }
    }
}

let enablementMutants = [
    Mutant(
        name: "delivers-to-disabled-endpoints",
        breaks: "Nothing is sent to an endpoint that is switched off.",
        codes: ["X2"],
        providers: [Provider.contentspal, Provider.oneclickcontractor],
        policy: { DeliversToDisabledEndpoints(contract: $0) }
    ),
    Mutant(
        name: "creates-active-endpoints",
        breaks: "A new endpoint is deactivated until its owner switches it on.",
        codes: ["X1"],
        providers: [Provider.oneclickcontractor],
        policy: { CreatesActiveEndpoints(contract: $0) }
    ),
    Mutant(
        name: "skips-the-activation-delivery",
        breaks: "Switching an endpoint on sends one delivery to it.",
        codes: ["X1"],
        providers: [Provider.oneclickcontractor],
        policy: { SkipsTheActivationDelivery(contract: $0) }
    ),
    Mutant(
        name: "ignores-gone",
        breaks: "Nothing more is sent to an endpoint that answered 410.",
        codes: ["X5"],
        providers: [Provider.standardWebhooks],
        policy: { IgnoresGone(contract: $0) }
    ),
    Mutant(
        name: "disables-at-the-first-failure",
        breaks: "An endpoint is only switched off for a large share of failures.",
        // The threshold is a sentence, which nothing can be held against; what shows is that attempts stay away, or whole events.
        codes: ["X3", "Y1", "R15"],
        providers: [Provider.jobber],
        policy: { DisablesAtTheFirstFailure(contract: $0) }
    ),
]
