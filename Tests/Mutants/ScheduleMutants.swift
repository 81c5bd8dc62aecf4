import FoundationEssentials
import ReferenceDispatching
import Synchronization
import WebhookContracts

/// Never stops trying.
struct NeverGivesUp: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.attempts += 1000 } }
}

/// Tries again at once, over and over.
struct RetriesWithoutAPause: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.delays = $0.delays.map { _ in .milliseconds(10) } }
    }
}

/// Waits twice as long as the contract says between attempts.
struct WaitsTwiceAsLong: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.delays = $0.delays.map { $0 * 2 } } }
}

/// Takes the waits from the wrong end of the list.
struct ReversesTheWaits: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.delays.reverse() } }
}

/// Waits the first wait every time, as a loop does that forgot to count.
struct RepeatsTheFirstWait: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { schedule in schedule.delays = Array(schedule.delays.prefix(1)) }
    }
}

/// Takes a connection that cannot be had for the receiver's own fault, and final.
struct NeverRetriesNetworkFailures: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.failures.remove(.network) } }
}

/// Takes 5xx answers for final.
struct NeverRetriesServerErrors: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.failures.remove(.serverError) } }
}

/// Takes redirects for final.
struct NeverRetriesRedirects: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.failures.remove(.redirect) } }
}

/// Gives up at 429, as it does at other client errors that it does not retry.
struct GivesUpWhenThrottled: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        if case .answered(429, _) = outcome { return .giveUp(.failed, reason: "the receiver does not want it") }
        return ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
    }
}

/// Goes by its schedule whatever Retry-After asks for.
struct IgnoresRetryAfter: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule { contract.schedule { $0.honoursRetryAfter = false } }
}

/// Spreads the wait that Retry-After asks for to both sides.
struct SpreadsRetryAfter: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let action = ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        guard case .answered(_, .some) = outcome, case .retry(let due) = action else { return action }
        return .retry(at: now.advanced(by: due.duration(since: now) * 0.7))
    }
}

/// Numbers the attempts of all deliveries together.
struct NumbersAllAttemptsTogether: DispatchPolicy {
    let contract: Contract
    private let count = AttemptCount()

    init(contract: Contract) {
        self.contract = contract
    }

    func attemptNumber(of attempt: Attempt) -> Int { count.next() }
}

/// Counts the first attempt and no other.
struct NumbersEvenNumbers: DispatchPolicy {
    let contract: Contract
    func attemptNumber(of attempt: Attempt) -> Int { attempt.number * 2 - 1 }
}

/// Counts attempts in memory, where a restart begins anew.
struct CountsFromTheRestart: DispatchPolicy {
    let contract: Contract
    private let firsts = FirstByName<Int>()

    init(contract: Contract) {
        self.contract = contract
    }

    func attemptNumber(of attempt: Attempt) -> Int {
        attempt.number - firsts.offer(attempt.number, for: attempt.deliveryID) + 1
    }
}

/// Writes how often it tried into the body.
struct WritesTheNumberIntoTheBody: DispatchPolicy {
    let contract: Contract
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        guard attempt.number > 1, attempt.event.body.last == UInt8(ascii: "}") else { return attempt.event.body }
        return attempt.event.body.dropLast() + Array(",\"retries\":\(attempt.number - 1)}".utf8)
    }
}

/// Writes the body anew for each retry, with other white space.
struct ReformatsOnRetry: DispatchPolicy {
    let contract: Contract
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        attempt.number == 1 ? attempt.event.body : attempt.event.body + [UInt8(ascii: "\n")]
    }
}

/// Sends an attempt again by itself when its connection breaks, below the retries it knows of.
struct RepeatsBelowTheRetry: DispatchPolicy {
    let contract: Contract
    func repetitions() -> Int { 2 }
}

/// Counts attempts.
final class AttemptCount: Sendable {
    private let count = Mutex(0)

    /// The next number, from 1.
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

let scheduleMutants = [
    Mutant(
        name: "never-gives-up",
        breaks: "A delivery that keeps failing ends after its attempts.",
        caughtBy: ["retry.attempts"],
        hunts: ["oneclickcontractor/exhausted"],
        reported: ["hookdeck/outpost#276"],
        policy: { NeverGivesUp(contract: $0) }
    ),
    Mutant(
        name: "retries-without-a-pause",
        breaks: "There are minutes between attempts, and not milliseconds.",
        caughtBy: ["retry.gaps"],
        hunts: ["oneclickcontractor/exhausted"],
        reported: ["the-momentum/open-wearables#1188", "prometheus/alertmanager#2286", "fenilsonani/email-server#36"],
        policy: { RetriesWithoutAPause(contract: $0) }
    ),
    Mutant(
        name: "waits-twice-as-long",
        breaks: "A retry comes when it was promised, and not much later.",
        caughtBy: ["retry.gaps", "scenario.gaps"],
        hunts: ["oneclickcontractor/third-time-lucky"],
        policy: { WaitsTwiceAsLong(contract: $0) }
    ),
    Mutant(
        name: "reverses-the-waits",
        breaks: "The waits come in the order of the contract.",
        caughtBy: ["retry.gaps"],
        hunts: ["oneclickcontractor/third-time-lucky"],
        reported: ["frain-dev/convoy#2110"],
        policy: { ReversesTheWaits(contract: $0) }
    ),
    Mutant(
        name: "repeats-the-first-wait",
        breaks: "Waits grow as the contract says.",
        caughtBy: ["retry.gaps"],
        hunts: ["standard-webhooks/exhausted"],
        policy: { RepeatsTheFirstWait(contract: $0) }
    ),
    Mutant(
        name: "never-retries-network-failures",
        breaks: "A connection that breaks is a failure that is tried again.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["standard-webhooks/connection-lost"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number.",
            "failure.no-answer-is-failure":
                "No retry after a connection that broke is what a dispatcher does that takes it for a success.",
            "failure.invalid-response":
                "No retry after a connection that broke is what a dispatcher does that takes it for a success.",
        ],
        reported: ["hookdeck/outpost#314"],
        policy: { NeverRetriesNetworkFailures(contract: $0) }
    ),
    Mutant(
        name: "never-retries-server-errors",
        breaks: "A 5xx answer is a failure that is tried again.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["standard-webhooks/server-error"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number.",
            "success.statuses": "No retry after such an answer is what a dispatcher does that takes it for a success.",
        ],
        policy: { NeverRetriesServerErrors(contract: $0) }
    ),
    Mutant(
        name: "never-retries-redirects",
        breaks: "A redirect is a failure like any other, and tried again.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["standard-webhooks/redirect"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number.",
            "success.statuses": "No retry after such an answer is what a dispatcher does that takes it for a success.",
            "redirect.not-logged-as-delivered":
                "No retry after such an answer is what a dispatcher does that takes it for a success.",
            "redirect.without-location-fails":
                "No retry after such an answer is what a dispatcher does that takes it for a success.",
        ],
        policy: { NeverRetriesRedirects(contract: $0) }
    ),
    Mutant(
        name: "gives-up-when-throttled",
        breaks: "A receiver that has too much to do is asked again later.",
        caughtBy: ["retry.failure-classes"],
        hunts: ["standard-webhooks/retry-after"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number.",
            "success.statuses": "No retry after such an answer is what a dispatcher does that takes it for a success.",
        ],
        reported: ["prometheus/alertmanager#2145"],
        policy: { GivesUpWhenThrottled(contract: $0) }
    ),
    Mutant(
        name: "ignores-retry-after",
        breaks: "No attempt comes before the time that Retry-After asks for.",
        caughtBy: ["retry.after"],
        hunts: ["standard-webhooks/retry-after"],
        alsoTrips: [
            "retry.gaps": "What Retry-After asks for is the least wait, and the schedule knows of it."
        ],
        reported: ["prometheus/alertmanager#2932"],
        policy: { IgnoresRetryAfter(contract: $0) }
    ),
    Mutant(
        name: "spreads-retry-after",
        breaks: "What Retry-After asks for is a least wait, and not the middle of a spread.",
        caughtBy: ["retry.after"],
        hunts: ["standard-webhooks/retry-after"],
        alsoTrips: [
            "retry.gaps": "What Retry-After asks for is the least wait, and the schedule knows of it.",
            "retry.after-forms": "The seconds that Retry-After names are one of its forms.",
        ],
        policy: { SpreadsRetryAfter(contract: $0) }
    ),
    Mutant(
        name: "numbers-all-attempts-together",
        breaks: "Every delivery has attempt numbers of its own.",
        caughtBy: ["retry.attempt-number"],
        hunts: ["siteservicesnow/one-fails"],
        policy: { NumbersAllAttemptsTogether(contract: $0) }
    ),
    Mutant(
        name: "numbers-even-numbers",
        breaks: "The attempt number skips none.",
        caughtBy: ["retry.attempt-number"],
        hunts: ["siteservicesnow/server-error"],
        policy: { NumbersEvenNumbers(contract: $0) }
    ),
    Mutant(
        name: "counts-from-the-restart",
        breaks: "The attempt number goes on after a restart.",
        caughtBy: ["retry.attempt-number"],
        hunts: ["siteservicesnow/killed-while-waiting"],
        policy: { CountsFromTheRestart(contract: $0) }
    ),
    Mutant(
        name: "writes-the-number-into-the-body",
        breaks: "Nothing in the body changes from one attempt to the next.",
        caughtBy: ["retry.same-payload"],
        hunts: ["oneclickcontractor/taken-on-retry"],
        reported: ["reapit/foundations#11108"],
        policy: { WritesTheNumberIntoTheBody(contract: $0) }
    ),
    Mutant(
        name: "reformats-on-retry",
        breaks: "A retry carries the very bytes of the first attempt.",
        caughtBy: ["retry.same-payload"],
        hunts: ["oneclickcontractor/taken-on-retry"],
        policy: { ReformatsOnRetry(contract: $0) }
    ),
    Mutant(
        name: "repeats-below-the-retry",
        breaks: "An attempt is one request.",
        caughtBy: ["transport.one-request-per-attempt", "log.every-request"],
        hunts: ["contentspal/reset"],
        alsoTrips: [
            "retry.attempts": "The contract gives one attempt, and the receiver sees more than one request.",
            "retry.none": "The contract gives one attempt, and the receiver sees more than one request.",
        ],
        reported: ["gitlabhq/gitlabhq#9893"],
        policy: { RepeatsBelowTheRetry(contract: $0) }
    ),
]
