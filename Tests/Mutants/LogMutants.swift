import FoundationEssentials
import Notation
import ReferenceDispatching
import WebhookContracts

/// Shows the payload as it would write it today, and not as it was sent.
struct LogReformatsPayloads: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        if let value = try? JSONValue.parse(delivery.payload) { delivery.payload = Array(value.spaced().utf8) }
        return delivery
    }
}

/// Keeps the first bytes of a payload.
struct LogCutsPayloads: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        delivery.payload = Array(delivery.payload.prefix(64))
        return delivery
    }
}

/// Shows the status of the first attempt as the latest.
struct LogKeepsTheFirstStatus: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        delivery.latestStatus = delivery.attempts.first?.responseCode
        return delivery
    }
}

/// Keeps the last attempt of a delivery in place of those before it.
struct LogKeepsTheLastAttempt: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        delivery.attempts = Array(delivery.attempts.suffix(1))
        return delivery
    }
}

/// Calls every attempt a success once it was made.
struct LogCallsAllDelivered: DispatchPolicy {
    let contract: Contract
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        var result = result
        result.word = "succeeded"
        return result
    }
}

/// Writes 500 for whatever failed, answered or not.
struct LogInventsAnswers: DispatchPolicy {
    let contract: Contract
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        var result = result
        if result.word != "succeeded" { result.responseCode = 500 }
        return result
    }
}

/// Calls a delivery that used its attempts up delivered.
struct CallsExhaustedDeliveriesDone: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let action = ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        if case .giveUp = action { return .succeeded }
        return action
    }
}

/// Leaves deliveries that used their attempts up waiting for ever, as far as its log says.
struct LogLeavesDeliveriesPending: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        if delivery.state == .exhausted { delivery.state = .pending }
        return delivery
    }
}

/// Shows no deliveries' attempts that failed at the end.
struct LogForgetsWhatFailed: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        if delivery.state == .exhausted || delivery.state == .failed { delivery.attempts = [] }
        return delivery
    }
}

let logMutants = [
    Mutant(
        name: "log-reformats-payloads",
        breaks: "The log shows the payload byte for byte as it was sent.",
        caughtBy: ["log.event-fields"],
        hunts: ["oneclickcontractor/delivery-log"],
        policy: { LogReformatsPayloads(contract: $0) }
    ),
    Mutant(
        name: "log-cuts-payloads",
        breaks: "The log shows the whole payload.",
        caughtBy: ["log.event-fields"],
        hunts: ["oneclickcontractor/delivery-log"],
        policy: { LogCutsPayloads(contract: $0) }
    ),
    Mutant(
        name: "log-keeps-the-first-status",
        breaks: "The latest status in the log is that of the last attempt.",
        caughtBy: ["log.event-fields"],
        hunts: ["oneclickcontractor/taken-on-retry"],
        reported: ["tolgee/tolgee-platform#3587"],
        policy: { LogKeepsTheFirstStatus(contract: $0) }
    ),
    Mutant(
        name: "log-keeps-the-last-attempt",
        breaks: "The log has every attempt, and not the last one in place of all.",
        caughtBy: ["log.every-attempt", "log.every-request"],
        hunts: ["oneclickcontractor/exhausted"],
        alsoTrips: [
            "transport.one-request-per-attempt": "More requests came than the log has attempts."
        ],
        policy: { LogKeepsTheLastAttempt(contract: $0) }
    ),
    Mutant(
        name: "log-calls-all-delivered",
        breaks: "A failed attempt is a failure in the log.",
        caughtBy: ["log.failures-shown"],
        hunts: ["oneclickcontractor/exhausted"],
        alsoTrips: [
            "exhausted.visible": "The log calls the attempt delivered.",
            "success.statuses": "The log calls the attempt delivered.",
        ],
        policy: { LogCallsAllDelivered(contract: $0) }
    ),
    Mutant(
        name: "log-invents-answers",
        breaks: "The log has no response that the receiver never gave.",
        caughtBy: ["log.every-attempt"],
        hunts: ["oneclickcontractor/every-failure"],
        policy: { LogInventsAnswers(contract: $0) }
    ),
    Mutant(
        name: "calls-exhausted-deliveries-done",
        breaks: "A delivery that used its attempts up is not called delivered.",
        caughtBy: ["exhausted.visible"],
        hunts: ["oneclickcontractor/exhausted"],
        policy: { CallsExhaustedDeliveriesDone(contract: $0) }
    ),
    Mutant(
        name: "log-leaves-deliveries-pending",
        breaks: "A delivery that used its attempts up is over in the log.",
        caughtBy: ["exhausted.visible"],
        hunts: ["oneclickcontractor/exhausted"],
        alsoTrips: [
            "retry.attempts": "Of a delivery that waits more attempts are to come than the contract gives."
        ],
        reported: ["frain-dev/convoy#1977", "frain-dev/convoy#1756"],
        policy: { LogLeavesDeliveriesPending(contract: $0) }
    ),
    Mutant(
        name: "log-forgets-what-failed",
        breaks: "The attempts of a delivery that failed for good are in the log.",
        caughtBy: ["log.every-attempt"],
        hunts: ["oneclickcontractor/exhausted"],
        policy: { LogForgetsWhatFailed(contract: $0) }
    ),
]
