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
        codes: ["Y6"],
        providers: [Provider.oneclickcontractor, Provider.siteservicesnow],
        policy: { TakesNotFoundForSuccess(contract: $0) }
    ),
    Mutant(
        name: "takes-redirects-for-success",
        breaks: "A redirect is a failure.",
        codes: ["F2", "F3"],
        providers: [Provider.oneclickcontractor],
        policy: { TakesRedirectsForSuccess(contract: $0) }
    ),
    Mutant(
        name: "takes-only-200-for-success",
        breaks: "Every 2xx answer is a success.",
        codes: ["Y6"],
        providers: [Provider.oneclickcontractor, Provider.siteservicesnow],
        policy: { TakesOnly200ForSuccess(contract: $0) }
    ),
]
