import ReferenceDispatching
import WebhookContracts

/// Takes 404 for a success.
struct TakesNotFoundForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        var schedule = ContractPolicy(contract).retrySchedule()
        schedule.success.ranges.append(404...404)
        return schedule
    }
}

/// Takes redirects for a success.
struct TakesRedirectsForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        var schedule = ContractPolicy(contract).retrySchedule()
        schedule.success.ranges.append(300...399)
        return schedule
    }
}

/// Takes nothing but 200 for a success.
struct TakesOnly200ForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        var schedule = ContractPolicy(contract).retrySchedule()
        schedule.success.ranges = [200...200]
        return schedule
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
        codes: ["F2"],
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
