import FoundationEssentials
import Notation
import ReferenceDispatching
import WebhookContracts

/// Looks for new events every ten minutes only.
struct LooksEveryTenMinutes: DispatchPolicy {
    let contract: Contract
    func firstDue(after now: Date) -> Date { now.advanced(by: .seconds(600)) }
}

/// Says that an event is accepted when a queue has it, which holds forty and drops the others.
struct DropsWhatTheQueueCannotHold: DispatchPolicy {
    let contract: Contract
    private let accepted = AttemptCount()

    init(contract: Contract) {
        self.contract = contract
    }

    func record(
        _ write: @escaping @Sendable () async throws -> Acceptance,
        id: String
    ) async throws -> Acceptance {
        accepted.next() > 40 ? .accepted(id: id) : try await write()
    }
}

/// Has a queue that gives some deliveries out twice.
struct GivesSomeOutTwice: DispatchPolicy {
    let contract: Contract
    private let finished = AttemptCount()

    init(contract: Contract) {
        self.contract = contract
    }

    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        let action = ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
        guard action == .succeeded, attempt.number == 1, finished.next().isMultiple(of: 50) else { return action }
        return .retry(at: now)
    }
}

/// Writes accepted events behind a buffer, which an orderly stop does not flush.
struct BuffersAcceptedEvents: DispatchPolicy {
    let contract: Contract
    func record(
        _ write: @escaping @Sendable () async throws -> Acceptance,
        id: String
    ) async throws -> Acceptance {
        Task {
            try await Task.sleep(for: .seconds(5))
            _ = try await write()
        }
        return .accepted(id: id)
    }
}

/// Keeps waiting retries in timers, which a restart forgets.
struct ForgetsWaitingRetries: DispatchPolicy {
    let contract: Contract
    func dueAfterRestart(_ due: Date, now: Date) -> Date { now.advanced(by: .seconds(86400 * 365)) }
}

/// Begins every wait anew after a restart.
struct WaitsAgainAfterARestart: DispatchPolicy {
    let contract: Contract
    func dueAfterRestart(_ due: Date, now: Date) -> Date {
        max(due, now.advanced(by: ContractPolicy(contract).retrySchedule().delays.first ?? .zero))
    }
}

/// Tells an event by another id after a restart.
struct NewIDAfterARestart: DispatchPolicy {
    let contract: Contract
    private let startedAt = Date()

    init(contract: Contract) {
        self.contract = contract
    }

    func eventID(in attempt: Attempt) -> String {
        attempt.event.createdAt < startedAt ? "\(attempt.event.id)-r" : attempt.event.id
    }
    func bodyToSend(in attempt: Attempt) -> [UInt8] {
        contract.replacingEventID(in: attempt.event.body, with: eventID(in: attempt))
    }
}

/// Delivers the first event type of an endpoint's choice and no other.
struct DeliversTheFirstChoiceOnly: DispatchPolicy {
    let contract: Contract
    func isSubscribed(_ endpoint: Endpoint, to event: String) -> Bool {
        endpoint.events.map { $0.first == event } ?? true
    }
}

/// Takes a chosen type for all that begin with the same word.
struct MatchesByTheFirstWord: DispatchPolicy {
    let contract: Contract
    func isSubscribed(_ endpoint: Endpoint, to event: String) -> Bool {
        let word = event.prefix { $0 != "." }
        return endpoint.events.map { $0.contains { $0.hasPrefix(word) } } ?? true
    }
}

/// Sends everything that happened meanwhile when an endpoint is switched on again.
struct FloodsWhenSwitchedOn: DispatchPolicy {
    let contract: Contract
    func keepsForLater(_ status: EndpointStatus) -> Bool { true }
}

/// Has four connections for everybody, so that a few receivers that hang use them up.
struct HasFourConnections: DispatchPolicy {
    let contract: Contract
    func concurrency() -> ConcurrencyLimits { ConcurrencyLimits(total: 4, perEndpoint: 4) }
}

/// Sends to an endpoint side by side although its contract promises an order.
struct SendsSideBySide: DispatchPolicy {
    let contract: Contract
    func concurrency() -> ConcurrencyLimits { .standard }
}

/// Goes on to the next event while a failed one waits for its retry.
struct OvertakesFailedEvents: DispatchPolicy {
    let contract: Contract
    func concurrency() -> ConcurrencyLimits { ConcurrencyLimits(total: 64, perEndpoint: 1) }
}

/// Takes twenty events on in a while and refuses the others, although nobody was told of a limit.
struct LimitsTheIntake: DispatchPolicy {
    let contract: Contract
    private let asked = AttemptCount()

    init(contract: Contract) {
        self.contract = contract
    }

    func record(
        _ write: @escaping @Sendable () async throws -> Acceptance,
        id: String
    ) async throws -> Acceptance {
        guard asked.next() <= 20 else { throw RequestRefusal("too many events; come again later", status: 429) }
        return try await write()
    }
}

/// Writes outcomes in batches, so that a crash forgets those of the last second, and then tells events by another id.
struct ForgetsOutcomesAndIDs: DispatchPolicy {
    let contract: Contract
    private let ids: NewIDAfterARestart

    init(contract: Contract) {
        self.contract = contract
        ids = NewIDAfterARestart(contract: contract)
    }

    func outcomesWait() -> Duration { .seconds(1) }
    func eventID(in attempt: Attempt) -> String { ids.eventID(in: attempt) }
    func bodyToSend(in attempt: Attempt) -> [UInt8] { ids.bodyToSend(in: attempt) }
}

/// Has room for one endpoint in an account.
struct TakesOneEndpoint: DispatchPolicy {
    let contract: Contract
    func refusal(
        of endpoint: Endpoint,
        besides others: Int,
        guardedBy rules: AddressRules
    ) -> RequestRefusal? {
        others > 0
            ? RequestRefusal("there is an endpoint already")
            : ContractPolicy(contract).refusal(of: endpoint, besides: others, guardedBy: rules)
    }
}

let queueMutants = [
    Mutant(
        name: "looks-every-ten-minutes",
        breaks: "The first attempt comes soon after the event.",
        caughtBy: ["latency.first-attempt"],
        hunts: ["oneclickcontractor/exhausted"],
        reported: ["go-gitea/gitea#5441", "go-gitea/gitea_old#171"],
        policy: { LooksEveryTenMinutes(contract: $0) }
    ),
    Mutant(
        name: "drops-what-the-queue-cannot-hold",
        breaks: "Every event of a burst that was accepted is delivered.",
        caughtBy: ["burst.all-delivered-once"],
        hunts: ["jobber/sudden-volume"],
        alsoTrips: [
            "delivery.arrives": "An event that was accepted does not come.",
            "endpoint.subscription": "A subscribed event that never comes is missing from the subscription as well.",
        ],
        reported: ["PostHog/posthog#22079"],
        policy: { DropsWhatTheQueueCannotHold(contract: $0) }
    ),
    Mutant(
        name: "gives-some-out-twice",
        breaks: "No event of a burst that was taken at once comes twice.",
        caughtBy: ["burst.all-delivered-once"],
        hunts: ["contentspal/burst"],
        alsoTrips: [
            "retry.attempts": "The contract gives one attempt.",
            "retry.stops-on-success": "The second delivery follows a success.",
            "success.statuses": "A repetition after 200 is what a dispatcher does that takes 200 for a failure.",
        ],
        reported: ["svix/svix-webhooks#676", "go-gitea/gitea#21558", "svix/svix-webhooks#2181"],
        policy: { GivesSomeOutTwice(contract: $0) }
    ),
    Mutant(
        name: "buffers-accepted-events",
        breaks: "An orderly stop loses no event that was accepted.",
        caughtBy: ["stop.keeps-accepted"],
        hunts: ["jobber/stopped"],
        reported: ["rmyndharis/OpenWA#1614"],
        policy: { BuffersAcceptedEvents(contract: $0) }
    ),
    Mutant(
        name: "forgets-waiting-retries",
        breaks: "A retry that waits survives a restart.",
        caughtBy: ["crash.accepted-is-delivered"],
        hunts: ["oneclickcontractor/killed-while-waiting"],
        reported: ["mohamedboukari/bunmail#30", "Dev-Card/DevCard#590"],
        policy: { ForgetsWaitingRetries(contract: $0) }
    ),
    Mutant(
        name: "waits-again-after-a-restart",
        breaks: "A restart does not begin a wait anew.",
        caughtBy: ["crash.retry-when-due"],
        hunts: ["oneclickcontractor/killed-while-waiting"],
        policy: { WaitsAgainAfterARestart(contract: $0) }
    ),
    Mutant(
        name: "new-id-after-a-restart",
        breaks: "What is sent again after a crash has the id it had before.",
        caughtBy: ["crash.resent-with-same-key"],
        hunts: ["siteservicesnow/killed-midway"],
        alsoTrips: [
            "dedup.key-stable": "The key of the attempt after the crash is not that of the first.",
            "dedup.natural-key-stable": "The id stands in the body too.",
        ],
        reported: ["go-gitea/gitea#9183"],
        policy: { NewIDAfterARestart(contract: $0) }
    ),
    Mutant(
        name: "delivers-the-first-choice-only",
        breaks: "An endpoint gets all the events it chose.",
        caughtBy: ["endpoint.subscription"],
        hunts: ["jobber/chosen-topics"],
        alsoTrips: [
            "delivery.arrives": "An event that was accepted does not come."
        ],
        policy: { DeliversTheFirstChoiceOnly(contract: $0) }
    ),
    Mutant(
        name: "matches-by-the-first-word",
        breaks: "Choosing one event type chooses no other.",
        caughtBy: ["endpoint.subscription"],
        hunts: ["claimable/subscription"],
        policy: { MatchesByTheFirstWord(contract: $0) }
    ),
    Mutant(
        name: "floods-when-switched-on",
        breaks: "What happened while an endpoint was off is not sent when it is switched on again.",
        caughtBy: ["scenario.attempts"],
        hunts: ["contentspal/toggle"],
        policy: { FloodsWhenSwitchedOn(contract: $0) }
    ),
    Mutant(
        name: "has-four-connections",
        breaks: "A few receivers that hang do not hold the others back.",
        caughtBy: ["endpoints.do-not-wait-for-each-other"],
        hunts: ["claimable/hanging-neighbour"],
        reported: ["csmangum/auto-agent#615", "JSONbored/metagraphed#9740", "keygen-sh/keygen-api#771"],
        policy: { HasFourConnections(contract: $0) }
    ),
    Mutant(
        name: "sends-side-by-side",
        breaks: "An endpoint gets its events one after the other.",
        caughtBy: ["ordering.per-endpoint"],
        hunts: ["exemplar/in-order"],
        reported: ["livekit/protocol#784", "Shopify/shopify-app-js#603"],
        policy: { SendsSideBySide(contract: $0) }
    ),
    Mutant(
        name: "overtakes-failed-events",
        breaks: "An event that failed is not overtaken by the next one.",
        caughtBy: ["ordering.per-endpoint"],
        hunts: ["exemplar/in-order"],
        alsoTrips: [
            "retry.gaps": "A failed event waits for its turn behind the others.",
            "log.next-attempt": "A failed event waits for its turn behind the others, which the log did not foresee.",
        ],
        reported: ["google/go-github#2706", "frain-dev/convoy#1525"],
        policy: { OvertakesFailedEvents(contract: $0) }
    ),
    Mutant(
        name: "limits-the-intake",
        breaks: "A burst of events is taken on.",
        caughtBy: ["scenario.emission"],
        hunts: ["jobber/sudden-volume"],
        policy: { LimitsTheIntake(contract: $0) }
    ),
    Mutant(
        name: "forgets-outcomes-and-ids",
        breaks: "What is sent again although it had been answered has the id it had before.",
        caughtBy: ["dedup.after-crash"],
        hunts: ["exemplar/killed-when-answered"],
        alsoTrips: [
            "dedup.key-stable": "The key of the attempt after the crash is not that of the first.",
            "dedup.idempotency-key": "The idempotency key is made of the id.",
        ],
        reported: ["LanternOps/breeze#4095"],
        policy: { ForgetsOutcomesAndIDs(contract: $0) }
    ),
    Mutant(
        name: "takes-one-endpoint",
        breaks: "An account can have several endpoints.",
        caughtBy: ["scenario.registration"],
        hunts: ["jobber/chosen-topics"],
        policy: { TakesOneEndpoint(contract: $0) }
    ),
]
