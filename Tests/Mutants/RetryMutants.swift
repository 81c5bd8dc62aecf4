import FoundationEssentials
import Notation
import ReferenceDispatching
import Synchronization
import WebhookContracts

/// Tries again although the contract gives one attempt.
struct RetriesFireAndForget: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule {
            $0.attempts += 2
            $0.delays = [.seconds(1)]
            $0.failures = Set(FailureClass.allCases)
        }
    }
}

/// Makes one attempt, and calls the delivery exhausted.
struct GivesUpTooEarly: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.attempts = 1 }
    }
}

/// Makes one attempt more than the contract gives, a second later where the contract has no waits.
struct TriesOnceMore: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule {
            $0.attempts += 1
            if contract.retry.delays.value == nil { $0.delays = [.seconds(1)] }
            if $0.failures.isEmpty { $0.failures = Set(FailureClass.allCases) }
        }
    }
}

/// Waits half as long as the contract says between attempts.
struct RetriesTooSoon: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.delays = $0.delays.map { $0 / 2 } }
    }
}

/// Counts every wait from the first attempt.
struct CountsFromTheFirstAttempt: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.countedFrom = .firstAttempt }
    }
}

/// Takes 4xx answers for final.
struct NeverRetriesClientErrors: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.failures.remove(.clientError) }
    }
}

/// Gives timeouts up.
struct NeverRetriesTimeouts: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.failures.remove(.timeout) }
    }
}

/// Writes the event anew for each retry, with the time of the retry in it.
struct RereadsThePayload: DispatchPolicy {
    let contract: Contract
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        guard attempt.number > 1, let value = try? JSONValue.parse(attempt.event.body),
            let pointer = contract.body.field(playing: .occurredAt)?.pointer,
            let changed = value.setting(.string(TimeText.text(attempt.startedAt, form: .utc)), at: pointer)
        else { return attempt.event.body }
        return Array(changed.compact().utf8)
    }
}

/// Writes the time of the attempt into the body, as the time at which the event happened.
struct TellsTheTimeOfTheAttempt: DispatchPolicy {
    let contract: Contract
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        guard attempt.number > 1, let value = try? JSONValue.parse(attempt.event.body),
            let field = contract.body.field(playing: .occurredAt),
            let changed = value.setting(
                .string(TimeText.text(attempt.startedAt, form: field.timeForm ?? .utc)),
                at: field.pointer
            )
        else { return attempt.event.body }
        return Array(changed.compact().utf8)
    }
}

/// Sends an event that was delivered once more, a second later.
struct DuplicatesAfterSuccess: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let action = ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        guard action == .succeeded, attempt.number < 3 else { return action }
        return .retry(at: now.advanced(by: .seconds(1)))
    }
}

/// Sends an event again to an endpoint that took it, because another endpoint did not.
///
/// It shows when the failure comes first, so the endpoint that succeeds should answer a little later.
final class RetriesHealthyEndpointsToo: DispatchPolicy {
    let contract: Contract
    private let failedEvents = Mutex<Set<String>>([])

    init(contract: Contract) {
        self.contract = contract
    }

    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let action = ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        let eventFailed = failedEvents.withLock { events in
            if action != .succeeded { events.insert(attempt.event.id) }
            return events.contains(attempt.event.id)
        }
        guard action == .succeeded, eventFailed, attempt.number == 1 else { return action }
        return .retry(at: now.advanced(by: .seconds(1)))
    }
}

let retryMutants = [
    Mutant(
        name: "retries-fire-and-forget",
        breaks: "A failed delivery is not tried again.",
        caughtBy: ["retry.none"],
        hunts: ["contentspal/server-error"],
        alsoTrips: [
            "retry.attempts": "The contract gives one attempt."
        ],
        policy: { RetriesFireAndForget(contract: $0) }
    ),
    Mutant(
        name: "gives-up-too-early",
        breaks: "A failed delivery gets all its attempts.",
        caughtBy: ["retry.attempts"],
        hunts: ["oneclickcontractor/delivery-log"],
        policy: { GivesUpTooEarly(contract: $0) }
    ),
    Mutant(
        name: "tries-once-more",
        breaks: "A failed delivery gets no more than its attempts.",
        caughtBy: ["retry.attempts"],
        hunts: ["contentspal/server-error"],
        alsoTrips: [
            "retry.none": "The contract gives one attempt."
        ],
        policy: { TriesOnceMore(contract: $0) }
    ),
    Mutant(
        name: "retries-too-soon",
        breaks: "The waits between attempts are those of the contract.",
        caughtBy: ["retry.gaps"],
        hunts: ["oneclickcontractor/exhausted"],
        policy: { RetriesTooSoon(contract: $0) }
    ),
    Mutant(
        name: "counts-from-the-first-attempt",
        breaks: "A wait counts from the failure before it.",
        caughtBy: ["retry.gaps"],
        hunts: ["oneclickcontractor/hang-retried"],
        policy: { CountsFromTheFirstAttempt(contract: $0) }
    ),
    Mutant(
        name: "never-retries-client-errors",
        breaks: "A 4xx answer is a failure like any other, and tried again.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["oneclickcontractor/every-failure"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number.",
            "success.statuses": "No retry after 404 is what a dispatcher does that takes 404 for a success.",
        ],
        policy: { NeverRetriesClientErrors(contract: $0) }
    ),
    Mutant(
        name: "never-retries-timeouts",
        breaks: "A delivery that timed out is tried again.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["oneclickcontractor/hang-retried"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number."
        ],
        policy: { NeverRetriesTimeouts(contract: $0) }
    ),
    Mutant(
        name: "rereads-the-payload",
        breaks: "A retry carries the event as it was.",
        caughtBy: ["retry.same-payload"],
        hunts: ["oneclickcontractor/taken-on-retry"],
        policy: { RereadsThePayload(contract: $0) }
    ),
    Mutant(
        name: "duplicates-after-success",
        breaks: "Nothing more is sent after a success.",
        caughtBy: ["retry.stops-on-success"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "retry.attempts": "The contract gives one attempt, so the repetition is one too many.",
            "success.statuses": "A repetition after 200 is what a dispatcher does that takes 200 for a failure.",
        ],
        policy: { DuplicatesAfterSuccess(contract: $0) }
    ),
    Mutant(
        name: "retries-healthy-endpoints-too",
        breaks: "Only the endpoint that failed gets the event again.",
        caughtBy: ["retry.only-the-failing-endpoint"],
        hunts: ["siteservicesnow/one-fails"],
        alsoTrips: [
            "retry.stops-on-success": "The healthy endpoint had answered with success.",
            "success.statuses": "A repetition after 200 is what a dispatcher does that takes 200 for a failure.",
        ],
        policy: { RetriesHealthyEndpointsToo(contract: $0) }
    ),
    Mutant(
        name: "renews-the-natural-key",
        breaks: "The fields that make the deduplication key are the same on every attempt.",
        caughtBy: ["dedup.natural-key-stable"],
        hunts: ["jobber/server-error"],
        reported: ["8x8/jaas_demo#8"],
        policy: { TellsTheTimeOfTheAttempt(contract: $0) }
    ),
    Mutant(
        name: "tells-the-time-of-the-attempt",
        breaks: "The time in an event that is late tells that it is older than one that came before.",
        caughtBy: ["ordering.age-shows"],
        hunts: ["jobber/overtaken"],
        alsoTrips: [
            "dedup.natural-key-stable": "The time is one of the fields that make the key."
        ],
        reported: ["paypal/mirakl-hyperwallet-connector#35"],
        policy: { TellsTheTimeOfTheAttempt(contract: $0) }
    ),
    Mutant(
        name: "goes-on-retrying-when-switched-off",
        breaks: "A waiting retry is not made at an endpoint that was switched off.",
        caughtBy: ["retry.stops-when-disabled"],
        hunts: ["oneclickcontractor/disabled-while-waiting"],
        reported: ["svix/svix-webhooks#1511"],
        policy: { DeliversToDisabledEndpoints(contract: $0) }
    ),
]
