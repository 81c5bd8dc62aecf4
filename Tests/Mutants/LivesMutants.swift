import FoundationEssentials
import Notation
import ReferenceDispatching
import Synchronization
import WebhookContracts

/// Counts the attempts of a delivery from its own start on.
struct ForgetsAttemptCounts: DispatchPolicy {
    let contract: Contract
    private let seen = FirstAttemptsSeen()

    init(contract: Contract) { self.contract = contract }

    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let first = seen.first(of: attempt.deliveryID, now: attempt.number)
        var machine = DeliveryMachine(
            schedule: retrySchedule(),
            firstStartedAt: attempt.firstStartedAt,
            attempts: attempt.number - first
        )
        return machine.attemptFinished(outcome, at: now)
    }
}

/// The number of the first attempt of each delivery that this process has seen.
private final class FirstAttemptsSeen: Sendable {
    private let numbers = Mutex<[String: Int]>([:])

    func first(of delivery: String, now number: Int) -> Int {
        numbers.withLock { numbers in
            let first = numbers[delivery] ?? number
            numbers[delivery] = first
            return first
        }
    }
}

/// Takes up a hundred of the retries that are overdue after a start, and forgets the others.
struct SweepsOnlyAHundred: DispatchPolicy {
    let contract: Contract
    private let swept = Swept()

    init(contract: Contract) { self.contract = contract }

    func dueAfterRestart(_ due: Date, now: Date) -> Date {
        guard due <= now else { return due }
        return swept.next() <= 100 ? due : due.addingTimeInterval(100 * 365 * 86400)
    }
}

private final class Swept: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Accepts large events and sends them nowhere.
struct DropsLargeEvents: DispatchPolicy {
    let contract: Contract
    func reasonToHoldBack(_ submission: EventSubmission) -> String? {
        submission.payload.compact().utf8.count > 512 * 1024 ? "it is too large" : nil
    }
}

/// Sends as much to an endpoint as is there to be sent.
struct OverrunsWhatIsBack: DispatchPolicy {
    let contract: Contract
    func pace() -> DeliveryRate? { nil }
}

/// Opens as many connections to an endpoint as it can.
struct IgnoresTheConcurrency: DispatchPolicy {
    let contract: Contract
    func concurrency() -> ConcurrencyLimits { ConcurrencyLimits(total: 64, perEndpoint: 64) }
}

/// Goes on sending to an endpoint that answers 429.
struct IgnoresThrottling: DispatchPolicy {
    let contract: Contract
    func pause(after outcome: AttemptOutcome, at now: Date) -> Date? { nil }
}

/// Lets a later event about a thing overtake an earlier one that has to be tried again.
struct OvertakesWithinASubject: DispatchPolicy {
    let contract: Contract
    func orderKey(of body: JSONValue) -> String? { nil }
}

/// Runs beside another instance, and takes what that one is at for what a crash left behind.
struct SharesItsStore: DispatchPolicy {
    let contract: Contract
    func sharesStore() -> Bool { true }
}

/// Acknowledges an event whether or not it could be recorded.
struct ForgetsWhatItCouldNotStore: DispatchPolicy {
    let contract: Contract
    func record(
        _ write: @escaping @Sendable () async throws -> Acceptance,
        id: String
    ) async throws -> Acceptance {
        do {
            return try await write()
        } catch {
            return .accepted(id: id)
        }
    }
}

let livesMutants = [
    Mutant(
        name: "forgets-attempt-counts",
        breaks: "A crash does not begin the count of attempts anew.",
        caughtBy: ["crash.budget-survives"],
        hunts: ["exemplar/budget-over-lives"],
        alsoTrips: [
            "retry.gaps": "The ladder of waits begins anew with the count.",
            "crash.retry-when-due": "The ladder of waits begins anew with the count.",
        ],
        policy: { ForgetsAttemptCounts(contract: $0) }
    ),
    Mutant(
        name: "sweeps-only-a-hundred",
        breaks: "Every retry that fell due while the dispatcher was down is made.",
        caughtBy: ["crash.overdue"],
        hunts: ["exemplar/overdue"],
        alsoTrips: ["crash.accepted-is-delivered": "What is never made again is lost, too."],
        reported: ["dograh-hq/dograh#478"],
        policy: { SweepsOnlyAHundred(contract: $0) }
    ),
    Mutant(
        name: "drops-large-events",
        breaks: "A large event is delivered or refused.",
        caughtBy: ["burst.large-bodies"],
        hunts: ["exemplar/large-body"],
        alsoTrips: [
            "delivery.arrives": "An event that was accepted does not come.",
            "endpoint.subscription": "An event that is subscribed does not come.",
        ],
        reported: ["nextcloud/server#58912", "formbricks/formbricks#5155", "PostHog/posthog#22079"],
        policy: { DropsLargeEvents(contract: $0) }
    ),
    Mutant(
        name: "overruns-what-is-back",
        breaks: "An endpoint that is back gets what it missed at the promised pace.",
        caughtBy: ["burst.recovery-is-paced"],
        hunts: ["exemplar/recovery"],
        reported: ["prometheus/alertmanager#2286"],
        policy: { OverrunsWhatIsBack(contract: $0) }
    ),
    Mutant(
        name: "ignores-the-concurrency",
        breaks: "No more attempts are under way at an endpoint than promised.",
        caughtBy: ["burst.all-delivered-once"],
        hunts: ["exemplar/burst"],
        reported: ["piwi3910/whatsapp-go#12"],
        policy: { IgnoresTheConcurrency(contract: $0) }
    ),
    Mutant(
        name: "ignores-throttling",
        breaks: "An endpoint that answers 429 is left alone for as long as it asks.",
        caughtBy: ["burst.throttled"],
        hunts: ["exemplar/throttled"],
        reported: ["prometheus/alertmanager#2145"],
        policy: { IgnoresThrottling(contract: $0) }
    ),
    Mutant(
        name: "overtakes-within-a-subject",
        breaks: "The events of one subject come in their order.",
        caughtBy: ["ordering.per-subject"],
        hunts: ["exemplar/subject-order"],
        reported: ["Shopify/shopify-app-js#603", "google/go-github#2706", "paypal/mirakl-hyperwallet-connector#35"],
        policy: { OvertakesWithinASubject(contract: $0) }
    ),
    Mutant(
        name: "shares-its-store",
        breaks: "Two dispatchers on one store do not deliver everything twice.",
        caughtBy: ["dedup.instances"],
        hunts: ["exemplar/second-instance"],
        alsoTrips: [
            "limit.kept": "The doubled attempt looks as if an answer within the limit had counted as none.",
            "retry.stops-on-success": "The doubled attempt stands beside one that succeeded.",
            "success.statuses": "The doubled attempt looks as if 200 had counted as a failure.",
        ],
        reported: ["svix/svix-webhooks#2181", "go-gitea/gitea#21558", "prometheus/alertmanager#4108"],
        policy: { SharesItsStore(contract: $0) }
    ),
    Mutant(
        name: "forgets-what-it-could-not-store",
        breaks: "An event is acknowledged only when it is in the store.",
        caughtBy: ["crash.store-outage"],
        hunts: ["exemplar/store-outage"],
        alsoTrips: [
            "delivery.arrives": "An event that was accepted does not come.",
            "endpoint.subscription": "An event that is subscribed does not come.",
        ],
        reported: ["svix/svix-webhooks#1844", "Vexa-ai/vexa#520", "rapidpro/mailroom#691"],
        policy: { ForgetsWhatItCouldNotStore(contract: $0) }
    ),
]
