import CurlTransport
import FoundationEssentials
import ReferenceDispatching
import WebhookContracts

/// Takes any answer for a success, since the receiver was reached.
struct TakesAnyAnswerForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.success.ranges = [100...599] } }
}

/// Takes a status without meaning, such as 299, for a failure.
struct TakesUnknownStatusesForFailures: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.success.ranges = [200...208, 226...226] }
    }
}

/// Takes 304 for a success: what the receiver has is as good as new.
struct TakesNotModifiedForSuccess: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.success.ranges.append(304...304) } }
}

/// Looks for words of failure in answers of 200.
struct ReadsAnswersForErrors: DispatchPolicy {
    let contract: Contract
    func outcome(of response: TransferResponse) -> AttemptOutcome {
        let text = String(decoding: response.body, as: UTF8.self).lowercased()
        return text.contains("error")
            ? .answered(status: 500, retryAfter: nil) : ContractPolicy(contract).outcome(of: response)
    }
}

/// Takes a connection that broke for a delivery: the request was sent, after all.
struct TakesResetsForDelivered: DispatchPolicy {
    let contract: Contract
    func outcome(of failure: TransferError) -> AttemptOutcome? {
        failure.kind == .connectionReset || failure.kind == .emptyReply
            ? .answered(status: 200, retryAfter: nil) : ContractPolicy(contract).outcome(of: failure)
    }
}

/// Takes a timeout for a delivery: the receiver is at it, after all.
struct TakesTimeoutsForDelivered: DispatchPolicy {
    let contract: Contract
    func outcome(of failure: TransferError) -> AttemptOutcome? {
        failure.kind == .totalTimeout
            ? .answered(status: 200, retryAfter: nil) : ContractPolicy(contract).outcome(of: failure)
    }
}

/// Is content with the head of an answer, whether or not the rest ever comes.
struct ReadsTheHeadOnly: DispatchPolicy {
    let contract: Contract
    func outcome(of failure: TransferError) -> AttemptOutcome? {
        guard let status = failure.head?.status, failure.kind != .cancelled, failure.kind != .shutDown else {
            return ContractPolicy(contract).outcome(of: failure)
        }
        return .answered(status: status, retryAfter: nil)
    }
}

/// Has no limit but the patience of its transport.
struct HasNoLimit: DispatchPolicy {
    let contract: Contract
    func responseLimit() -> Duration { .seconds(300) }
}

/// Sends the next request where a redirect points, method and body kept.
struct FollowsOneRedirect: DispatchPolicy {
    let contract: Contract
    func followedRedirects() -> Int { 1 }
}

/// Takes 410 for the end of a delivery, and sends the next event all the same.
struct EndsTheDeliveryOnly: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let action = ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        guard case .disableEndpoint(let reason) = action else { return action }
        return .giveUp(.failed, reason: reason)
    }
}

let readingMutants = [
    Mutant(
        name: "takes-any-answer-for-success",
        breaks: "An answer of 5xx is a failure.",
        caughtBy: ["success.statuses"],
        hunts: ["jobber/server-error"],
        policy: { TakesAnyAnswerForSuccess(contract: $0) }
    ),
    Mutant(
        name: "takes-unknown-statuses-for-failures",
        breaks: "A 2xx answer is a success, known or not.",
        caughtBy: ["success.statuses"],
        hunts: ["standard-webhooks/any-2xx"],
        alsoTrips: [
            "retry.stops-on-success": "299 is a success, and another request follows it."
        ],
        policy: { TakesUnknownStatusesForFailures(contract: $0) }
    ),
    Mutant(
        name: "takes-304-for-success",
        breaks: "An answer of 304 is a failure.",
        caughtBy: ["redirect.without-location-fails"],
        hunts: ["contentspal/not-modified"],
        alsoTrips: [
            "exhausted.visible": "The log calls the attempt delivered.",
            "log.failures-shown": "The log calls the attempt delivered.",
            "success.statuses": "The log calls the attempt delivered.",
        ],
        policy: { TakesNotModifiedForSuccess(contract: $0) }
    ),
    Mutant(
        name: "reads-answers-for-errors",
        breaks: "The status decides, whatever the body of an answer says.",
        caughtBy: ["success.body-ignored"],
        hunts: ["contentspal/error-in-body"],
        alsoTrips: [
            "success.statuses": "The log calls an attempt failed that was answered with 200."
        ],
        policy: { ReadsAnswersForErrors(contract: $0) }
    ),
    Mutant(
        name: "takes-resets-for-delivered",
        breaks: "A connection that breaks before the answer is a failure.",
        caughtBy: ["failure.no-answer-is-failure"],
        hunts: ["jobber/connection-lost"],
        alsoTrips: [
            "failure.invalid-response": "A connection that closes without a byte gives no valid response either."
        ],
        policy: { TakesResetsForDelivered(contract: $0) }
    ),
    Mutant(
        name: "takes-timeouts-for-delivered",
        breaks: "A receiver that does not answer in time has not taken the event.",
        caughtBy: ["limit.late-answer-is-failure"],
        hunts: ["jobber/network-timeout"],
        policy: { TakesTimeoutsForDelivered(contract: $0) }
    ),
    Mutant(
        name: "reads-the-head-only",
        breaks: "An answer that breaks off is a failure, whatever its head says.",
        caughtBy: ["failure.no-answer-is-failure"],
        hunts: ["contentspal/closed-inside-answer"],
        alsoTrips: [
            "exhausted.visible": "The log calls the attempt delivered.",
            "log.failures-shown": "The log calls the attempt delivered.",
        ],
        policy: { ReadsTheHeadOnly(contract: $0) }
    ),
    Mutant(
        name: "waits-for-slow-bodies",
        breaks: "The limit holds for the whole answer: a body that drips does not extend it.",
        caughtBy: ["limit.total"],
        hunts: ["contentspal/dripped"],
        alsoTrips: [
            "limit.kept": "The answer came after the limit and counted.",
            "limit.late-answer-is-failure": "The answer came after the limit and counted.",
            "exhausted.visible": "The log calls the attempt delivered.",
            "log.failures-shown": "The log calls the attempt delivered.",
        ],
        policy: { HasNoLimit(contract: $0) }
    ),
    Mutant(
        name: "waits-for-slow-heads",
        breaks: "The limit holds for the whole answer: a head that drips does not extend it.",
        caughtBy: ["limit.slow-head"],
        hunts: ["contentspal/dripped-head"],
        alsoTrips: [
            "limit.kept": "The answer came after the limit and counted.",
            "limit.late-answer-is-failure": "The answer came after the limit and counted.",
            "exhausted.visible": "The log calls the attempt delivered.",
            "log.failures-shown": "The log calls the attempt delivered.",
        ],
        policy: { HasNoLimit(contract: $0) }
    ),
    Mutant(
        name: "has-no-limit",
        breaks: "A receiver that never answers is given up at the limit.",
        caughtBy: ["limit.kept"],
        hunts: ["contentspal/hang"],
        reported: ["prometheus/alertmanager#2657"],
        policy: { HasNoLimit(contract: $0) }
    ),
    Mutant(
        name: "follows-one-redirect",
        breaks: "A redirect that asks for the same request again is not followed either.",
        caughtBy: ["redirect.not-followed"],
        hunts: ["contentspal/temporary-redirect"],
        alsoTrips: [
            "log.every-request": "The log knows nothing of the request that follows the redirect.",
            "transport.one-request-per-attempt": "The log knows nothing of the request that follows the redirect.",
            "request.method-and-target": "The request goes to the path that the redirect names.",
            "retry.attempts": "The contract gives one attempt, and the receiver sees more than one request.",
            "retry.none": "The contract gives one attempt, and the receiver sees more than one request.",
        ],
        reported: ["MrZoller/vantage-point#49", "formancehq/ledger#1990"],
        policy: { FollowsOneRedirect(contract: $0) }
    ),
    Mutant(
        name: "ends-the-delivery-only",
        breaks: "After 410 the endpoint gets no later event either.",
        caughtBy: ["endpoint.disabled-by-answer"],
        hunts: ["standard-webhooks/gone"],
        policy: { EndsTheDeliveryOnly(contract: $0) }
    ),
]
