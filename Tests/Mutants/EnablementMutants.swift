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
        caughtBy: ["endpoint.disabled-gets-nothing"],
        hunts: ["contentspal/toggle"],
        policy: { DeliversToDisabledEndpoints(contract: $0) }
    ),
    Mutant(
        name: "creates-active-endpoints",
        breaks: "A new endpoint is deactivated until its owner switches it on.",
        caughtBy: ["endpoint.starts-deactivated"],
        hunts: ["oneclickcontractor/held-back"],
        policy: { CreatesActiveEndpoints(contract: $0) }
    ),
    Mutant(
        name: "skips-the-activation-delivery",
        breaks: "Switching an endpoint on sends one delivery to it.",
        caughtBy: ["endpoint.activation-delivery", "scenario.awaited"],
        hunts: ["oneclickcontractor/activation"],
        policy: { SkipsTheActivationDelivery(contract: $0) }
    ),
    Mutant(
        name: "ignores-gone",
        breaks: "Nothing more is sent to an endpoint that answered 410.",
        caughtBy: ["endpoint.disabled-by-answer"],
        hunts: ["standard-webhooks/gone"],
        policy: { IgnoresGone(contract: $0) }
    ),
    Mutant(
        name: "disables-at-the-first-failure",
        breaks: "An endpoint is only switched off for a large share of failures.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["standard-webhooks/server-error"],
        alsoTrips: [
            "retry.attempts": "No attempt follows the first failure.",
            "success.statuses": "No retry after 500 is what a dispatcher does that takes it for a success.",
        ],
        policy: { DisablesAtTheFirstFailure(contract: $0) }
    ),
]
