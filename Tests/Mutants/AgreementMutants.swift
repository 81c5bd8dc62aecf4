import CurlTransport
import FoundationEssentials
import ReferenceDispatching
import WebhookContracts
import WebhookSigning

/// Takes a date in Retry-After for nothing.
struct IgnoresDates: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.retryAfterForms.remove(.date) }
    }
}

/// Gives a delivery up when it cannot read Retry-After.
struct GivesUpAtRubbish: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        if case .answered(_, let text?) = outcome, RetryAfter(text) == nil {
            return .giveUp(.failed, reason: "Retry-After cannot be read")
        }
        return ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
    }
}

/// Waits for as long as a receiver asks, be it for years.
struct ParksForYears: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.retryAfterCap = .seconds(36500 * 86400) }
    }
}

/// Cuts the fraction of a second off.
struct CutsFractions: DispatchPolicy {
    let contract: Contract
    func action(after outcome: AttemptOutcome, of attempt: Attempt, at now: Date) -> DeliveryAction {
        var outcome = outcome
        if case .answered(let status, let text?) = outcome, let dot = text.firstIndex(of: ".") {
            outcome = .answered(status: status, retryAfter: String(text[..<dot]))
        }
        return ContractPolicy(contract).action(after: outcome, of: attempt, at: now)
    }
}

/// Waits exactly as long each time.
struct NeverSpreadsWaits: DispatchPolicy {
    let contract: Contract
    func jitterDraw(of attempt: Attempt) -> Double { 0.5 }
}

/// Draws the wait from the event, so that every endpoint waits as long.
struct SpreadsByTheEvent: DispatchPolicy {
    let contract: Contract
    func jitterDraw(of attempt: Attempt) -> Double {
        // FNV-1a, folded so that neighbouring ids lie far apart.
        let hash = attempt.event.id.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        return Double((hash ^ (hash >> 29)) % 10007) / 10006
    }
}

/// Spreads the waits over twice the band.
struct SpreadsTooFar: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.jitter = JitterBand(least: -0.5, most: 0.5) }
    }
}

/// Keeps the waiting retry when a delivery is sent again by hand.
struct RedeliversBesideTheRetry: DispatchPolicy {
    let contract: Contract
    func redelivery() -> RedeliveryTerms { RedeliveryTerms(pending: .kept, counts: true) }
}

/// Drops the waiting retry when a delivery is sent again by hand.
struct RedeliversInPlaceOfTheRetry: DispatchPolicy {
    let contract: Contract
    func redelivery() -> RedeliveryTerms { RedeliveryTerms(pending: .cancelled, counts: false) }
}

/// Does not count what was asked for by hand.
struct RedeliversForFree: DispatchPolicy {
    let contract: Contract
    func redelivery() -> RedeliveryTerms { RedeliveryTerms(pending: .cancelled, counts: false) }
}

/// Sends a delivery again as an event of its own.
struct RedeliversAnotherEvent: DispatchPolicy {
    let contract: Contract
    func eventID(in attempt: Attempt) -> String {
        attempt.isRedelivery ? newEventID() : attempt.event.id
    }
}

/// Sends retries to the URL of the first attempt.
struct KeepsTheOldURL: DispatchPolicy {
    let contract: Contract
    func target(of attempt: Attempt) -> String { attempt.firstURL }
}

/// Sends retries to the URL that the endpoint has now.
struct TakesTheNewURL: DispatchPolicy {
    let contract: Contract
    func target(of attempt: Attempt) -> String { attempt.endpoint.url }
}

/// Gives the first attempt the time of the retries.
struct GivesTheFirstAttemptAllTheTime: DispatchPolicy {
    let contract: Contract
    func responseLimit(of attempt: Attempt) -> Duration { responseLimit() }
}

/// Gives the retries the time of the first attempt.
struct HurriesTheRetries: DispatchPolicy {
    let contract: Contract
    func responseLimit(of attempt: Attempt) -> Duration {
        contract.firstResponseLimit.value?.total ?? responseLimit()
    }
}

/// Says nothing when it disables an endpoint.
struct NeverAnnounces: DispatchPolicy {
    let contract: Contract
    func notices(of endpoint: Endpoint, at now: Date) -> [EventSubmission] { [] }
}

/// Says twice that it disabled an endpoint.
struct AnnouncesTwice: DispatchPolicy {
    let contract: Contract
    func notices(of endpoint: Endpoint, at now: Date) -> [EventSubmission] {
        let once = ContractPolicy(contract).notices(of: endpoint, at: now)
        return once + once
    }
}

/// Asks nobody before it delivers.
struct NeverAsks: DispatchPolicy {
    let contract: Contract
    func questions(to endpoint: Endpoint) -> [EndpointQuestion] { [] }
}

/// Takes any 2xx for an agreement.
struct TakesAnySuccessForAgreement: DispatchPolicy {
    let contract: Contract
    func objection(to answer: TransferResponse, of question: EndpointQuestion) -> String? {
        (200...299).contains(answer.status) ? nil : "it did not agree"
    }
}

/// Takes every answer for an agreement.
struct TakesEveryAnswerForAgreement: DispatchPolicy {
    let contract: Contract
    func objection(to answer: TransferResponse, of question: EndpointQuestion) -> String? { nil }
}

/// Says of every attempt without an answer that it failed, and no more.
struct LogSaysFailed: DispatchPolicy {
    let contract: Contract
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        guard result.responseCode == nil else { return result }
        var entry = result
        (entry.word, entry.error) = ("failed", "The attempt failed.")
        return entry
    }
}

/// Shows the next attempt an hour before its time.
struct LogShowsTheWrongTime: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        for index in delivery.attempts.indices {
            delivery.attempts[index].nextAttemptAt = delivery.attempts[index].nextAttemptAt?
                .advanced(by: .seconds(-3600))
        }
        return delivery
    }
}

/// Does not show when the next attempt is due.
struct LogHidesTheNextAttempt: DispatchPolicy {
    let contract: Contract
    func logged(_ delivery: LoggedDelivery) -> LoggedDelivery {
        var delivery = delivery
        for index in delivery.attempts.indices { delivery.attempts[index].nextAttemptAt = nil }
        return delivery
    }
}

let agreementMutants = [
    Mutant(
        name: "ignores-dates",
        breaks: "A Retry-After that is a date is waited for.",
        caughtBy: ["retry.after-forms"],
        hunts: ["exemplar/retry-after-forms"],
        alsoTrips: ["retry.gaps": "The wait that the receiver asked for belongs to the promised one."],
        reported: ["prometheus/alertmanager#2932"],
        policy: { IgnoresDates(contract: $0) }
    ),
    Mutant(
        name: "gives-up-at-rubbish",
        breaks: "A Retry-After that says nothing leaves the schedule as it is.",
        caughtBy: ["retry.after-forms"],
        hunts: ["exemplar/retry-after-forms"],
        alsoTrips: [
            "retry.attempts": "Attempts that are never made are missing from the number.",
            "retry.failure-classes": "A 503 that is not tried again is one.",
            "success.statuses": "No retry after 503 is what a dispatcher does that takes 503 for a success.",
        ],
        policy: { GivesUpAtRubbish(contract: $0) }
    ),
    Mutant(
        name: "parks-for-years",
        breaks: "A Retry-After beyond the cap is cut to it.",
        caughtBy: ["retry.after-forms"],
        hunts: ["exemplar/retry-after-forms"],
        alsoTrips: [
            "retry.attempts": "The attempt that is put off for years is missing from the number.",
            "retry.failure-classes": "A 503 that is not tried again while it was watched for is one.",
            "success.statuses": "No retry after 503 is what a dispatcher does that takes 503 for a success.",
        ],
        policy: { ParksForYears(contract: $0) }
    ),
    Mutant(
        name: "cuts-fractions",
        breaks: "A Retry-After with a fraction is rounded up.",
        caughtBy: ["retry.after-forms"],
        hunts: ["exemplar/retry-after-fraction"],
        alsoTrips: ["retry.gaps": "The wait that the receiver asked for belongs to the promised one."],
        policy: { CutsFractions(contract: $0) }
    ),
    Mutant(
        name: "never-spreads-waits",
        breaks: "Waits are spread over their band.",
        caughtBy: ["retry.jitter"],
        hunts: ["exemplar/jittered"],
        policy: { NeverSpreadsWaits(contract: $0) }
    ),
    Mutant(
        name: "spreads-by-the-event",
        breaks: "Endpoints that fail together are not tried again together.",
        caughtBy: ["retry.jitter"],
        hunts: ["exemplar/jittered"],
        policy: { SpreadsByTheEvent(contract: $0) }
    ),
    Mutant(
        name: "spreads-too-far",
        breaks: "Waits stay inside their band.",
        caughtBy: ["retry.jitter"],
        hunts: ["exemplar/jittered"],
        alsoTrips: ["retry.gaps": "A wait outside the band is not the promised one."],
        policy: { SpreadsTooFar(contract: $0) }
    ),
    Mutant(
        name: "redelivers-beside-the-retry",
        breaks: "The retry that waited makes way for the attempt that was asked for.",
        caughtBy: ["retry.redelivery"],
        hunts: ["exemplar/redelivered"],
        policy: { RedeliversBesideTheRetry(contract: $0) }
    ),
    Mutant(
        name: "redelivers-in-place-of-the-retry",
        breaks: "The retry that waited comes although the delivery was sent again by hand.",
        caughtBy: ["retry.redelivery"],
        hunts: ["exemplar/redelivered-beside"],
        policy: { RedeliversInPlaceOfTheRetry(contract: $0) }
    ),
    Mutant(
        name: "redelivers-for-free",
        breaks: "An attempt that was asked for by hand counts.",
        caughtBy: ["retry.redelivery"],
        hunts: ["exemplar/redelivered"],
        policy: { RedeliversForFree(contract: $0) }
    ),
    Mutant(
        name: "redelivers-another-event",
        breaks: "A delivery that is sent again has the event's id.",
        caughtBy: ["retry.redelivery"],
        hunts: ["exemplar/redelivered"],
        policy: { RedeliversAnotherEvent(contract: $0) }
    ),
    Mutant(
        name: "keeps-the-old-url",
        breaks: "Retries go to the URL that the endpoint has by then.",
        caughtBy: ["retry.changed-endpoint"],
        hunts: ["exemplar/changed-url"],
        reported: ["hookdeck/outpost#131"],
        policy: { KeepsTheOldURL(contract: $0) }
    ),
    Mutant(
        name: "takes-the-new-url",
        breaks: "Retries go to the URL of the first attempt.",
        caughtBy: ["retry.changed-endpoint"],
        hunts: ["exemplar/changed-url-first"],
        reported: ["langwatch/langwatch#5807"],
        policy: { TakesTheNewURL(contract: $0) }
    ),
    Mutant(
        name: "gives-the-first-attempt-all-the-time",
        breaks: "The first attempt has a limit of its own.",
        caughtBy: ["limit.first-attempt"],
        hunts: ["exemplar/quick-first"],
        policy: { GivesTheFirstAttemptAllTheTime(contract: $0) }
    ),
    Mutant(
        name: "hurries-the-retries",
        breaks: "Retries have more time than the first attempt.",
        caughtBy: ["limit.kept"],
        hunts: ["exemplar/quick-first"],
        policy: { HurriesTheRetries(contract: $0) }
    ),
    Mutant(
        name: "never-announces",
        breaks: "The other endpoints are told when one was disabled.",
        caughtBy: ["disablement.notice"],
        hunts: ["exemplar/notice"],
        reported: ["hookdeck/outpost#596"],
        policy: { NeverAnnounces(contract: $0) }
    ),
    Mutant(
        name: "announces-twice",
        breaks: "The other endpoints are told once when one was disabled.",
        caughtBy: ["disablement.notice"],
        hunts: ["exemplar/notice"],
        policy: { AnnouncesTwice(contract: $0) }
    ),
    Mutant(
        name: "never-asks",
        breaks: "Nothing is delivered before the endpoint has agreed.",
        caughtBy: ["endpoint.handshake"],
        hunts: ["exemplar/consent", "exemplar/challenge"],
        policy: { NeverAsks(contract: $0) }
    ),
    Mutant(
        name: "never-probes",
        breaks: "An endpoint is probed with a wrong signature.",
        caughtBy: ["endpoint.signature-probe"],
        hunts: ["exemplar/probed"],
        policy: { NeverAsks(contract: $0) }
    ),
    Mutant(
        name: "takes-any-success-for-agreement",
        breaks: "Only the right answer is an agreement, whatever its status.",
        caughtBy: ["endpoint.handshake"],
        hunts: ["exemplar/consent", "exemplar/challenge"],
        policy: { TakesAnySuccessForAgreement(contract: $0) }
    ),
    Mutant(
        name: "delivers-to-whoever-takes-anything",
        breaks: "An endpoint that takes a wrong signature gets nothing.",
        caughtBy: ["endpoint.signature-probe"],
        hunts: ["exemplar/probed"],
        policy: { TakesEveryAnswerForAgreement(contract: $0) }
    ),
    Mutant(
        name: "log-says-failed",
        breaks: "The log tells kinds of failure apart.",
        caughtBy: ["log.failure-kinds"],
        hunts: ["exemplar/failure-kinds"],
        policy: { LogSaysFailed(contract: $0) }
    ),
    Mutant(
        name: "log-shows-the-wrong-time",
        breaks: "The log shows rightly when the next attempt is due.",
        caughtBy: ["log.next-attempt"],
        hunts: ["exemplar/next-attempt"],
        reported: ["frain-dev/convoy#2110"],
        policy: { LogShowsTheWrongTime(contract: $0) }
    ),
    Mutant(
        name: "log-hides-the-next-attempt",
        breaks: "The log shows when the next attempt is due.",
        caughtBy: ["log.next-attempt"],
        hunts: ["exemplar/next-attempt"],
        policy: { LogHidesTheNextAttempt(contract: $0) }
    ),
]
