import ReferenceDispatching
import WebhookContracts

/// Takes 404 for a success.
struct TakesNotFoundForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.success.ranges.append(404...404) }
    }
}

/// Takes redirects for a success.
struct TakesRedirectsForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.success.ranges.append(300...399) }
    }
}

/// Takes nothing but 200 for a success.
struct TakesOnly200ForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.success.ranges = [200...200] }
    }
}

let outcomeMutants = [
    Mutant(
        name: "takes-404-for-success",
        breaks: "An answer outside 2xx is a failure.",
        caughtBy: ["success.statuses"],
        hunts: ["siteservicesnow/every-failure"],
        policy: { TakesNotFoundForSuccess(contract: $0) }
    ),
    Mutant(
        name: "takes-redirects-for-success",
        breaks: "A redirect is a failure.",
        caughtBy: ["redirect.not-logged-as-delivered"],
        hunts: ["oneclickcontractor/redirect"],
        alsoTrips: [
            "log.failures-shown": "The log calls the redirect delivered.",
            "success.statuses": "The log calls an attempt answered with 3xx delivered.",
        ],
        policy: { TakesRedirectsForSuccess(contract: $0) }
    ),
    Mutant(
        name: "takes-only-200-for-success",
        breaks: "Every 2xx answer is a success.",
        caughtBy: ["success.statuses"],
        hunts: ["siteservicesnow/any-2xx"],
        alsoTrips: [
            "retry.stops-on-success": "The other 2xx answers are successes, and more requests follow them."
        ],
        policy: { TakesOnly200ForSuccess(contract: $0) }
    ),
]
