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
        codes: ["Y3"],
        providers: [Provider.contentspal],
        policy: { RetriesFireAndForget(contract: $0) }
    ),
    Mutant(
        name: "gives-up-too-early",
        breaks: "A failed delivery gets all its attempts.",
        codes: ["Y1"],
        providers: Provider.retrying,
        policy: { GivesUpTooEarly(contract: $0) }
    ),
    Mutant(
        name: "tries-once-more",
        breaks: "A failed delivery gets no more than its attempts.",
        codes: ["Y1", "Y3"],
        providers: [Provider.oneclickcontractor, Provider.contentspal],
        policy: { TriesOnceMore(contract: $0) }
    ),
    Mutant(
        name: "retries-too-soon",
        breaks: "The waits between attempts are those of the contract.",
        codes: ["Y2"],
        providers: [Provider.oneclickcontractor],
        policy: { RetriesTooSoon(contract: $0) }
    ),
    Mutant(
        name: "counts-from-the-first-attempt",
        breaks: "A wait counts from the failure before it.",
        codes: ["Y2"],
        providers: [Provider.oneclickcontractor],
        policy: { CountsFromTheFirstAttempt(contract: $0) }
    ),
    Mutant(
        name: "never-retries-client-errors",
        breaks: "A 4xx answer is a failure like any other, and tried again.",
        codes: ["Y4"],
        providers: [Provider.oneclickcontractor],
        policy: { NeverRetriesClientErrors(contract: $0) }
    ),
    Mutant(
        name: "never-retries-timeouts",
        breaks: "A delivery that timed out is tried again.",
        codes: ["Y4"],
        providers: [Provider.oneclickcontractor, Provider.jobber],
        policy: { NeverRetriesTimeouts(contract: $0) }
    ),
    Mutant(
        name: "rereads-the-payload",
        breaks: "A retry carries the event as it was.",
        codes: ["Y14"],
        providers: [Provider.oneclickcontractor],
        policy: { RereadsThePayload(contract: $0) }
    ),
    Mutant(
        name: "duplicates-after-success",
        breaks: "Nothing more is sent after a success.",
        codes: ["Y5"],
        providers: Provider.all,
        policy: { DuplicatesAfterSuccess(contract: $0) }
    ),
    Mutant(
        name: "retries-healthy-endpoints-too",
        breaks: "Only the endpoint that failed gets the event again.",
        codes: ["D8"],
        providers: [Provider.oneclickcontractor, Provider.siteservicesnow],
        policy: { RetriesHealthyEndpointsToo(contract: $0) }
    ),
]
