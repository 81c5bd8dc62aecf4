import CurlTransport
import ReferenceDispatching
import WebhookContracts

/// Takes an answer with two lengths for a whole one.
struct TakesContradictingLengths: DispatchPolicy {
    let contract: Contract
    func outcome(of response: TransferResponse) -> AttemptOutcome {
        .answered(status: response.status, retryAfter: nil)
    }
}

/// Loses the record of an attempt whose answer is no text.
struct LogLosesBinaryAnswers: DispatchPolicy {
    let contract: Contract
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        String(validating: result.responseBody, as: UTF8.self) == nil ? nil : result
    }
}

/// Reads every answer to its end and keeps the whole of it until the attempt is over.
struct KeepsWholeAnswers: DispatchPolicy {
    let contract: Contract
    func answerLimits() -> (kept: Int, read: Int) { (Int.max, Int.max) }
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        var short = result
        short.responseBody = Array(result.responseBody.prefix(1000))
        return short
    }
}

/// Tries a request again that the receiver has refused for good.
struct RetriesFinalStatuses: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.finalStatuses = StatusSet(ranges: []) }
    }
}

/// Takes "still at work" for a refusal.
struct GivesUpOnConflicts: DispatchPolicy {
    let contract: Contract
    func retrySchedule() -> RetrySchedule {
        contract.schedule { $0.finalStatuses = StatusSet(ranges: [409...409, 422...422]) }
    }
}

let answerMutants = [
    Mutant(
        name: "takes-contradicting-lengths",
        breaks: "An answer whose length nobody can tell is a failure.",
        caughtBy: ["failure.invalid-response"],
        hunts: ["exemplar/invalid-answers"],
        alsoTrips: [
            "failure.no-answer-is-failure": "an answer that has to be discarded is no answer",
            "log.failures-shown": "the log calls the attempt delivered",
        ],
        policy: { TakesContradictingLengths(contract: $0) }
    ),
    Mutant(
        name: "log-loses-binary-answers",
        breaks: "The log has every attempt, whatever was answered.",
        caughtBy: ["log.awkward-answers"],
        hunts: ["exemplar/awkward-answers"],
        alsoTrips: [
            "log.every-attempt": "an attempt is missing in the log",
            "log.every-request": "more requests came than the log has attempts",
            "transport.one-request-per-attempt": "more requests came than the log has attempts",
        ],
        reported: ["frain-dev/convoy#2214", "frain-dev/convoy#2203"],
        policy: { LogLosesBinaryAnswers(contract: $0) }
    ),
    Mutant(
        name: "keeps-whole-answers",
        breaks: "No answer is kept in memory as a whole.",
        caughtBy: ["limit.size"],
        hunts: ["exemplar/large-answers"],
        policy: { KeepsWholeAnswers(contract: $0) }
    ),
    Mutant(
        name: "retries-final-statuses",
        breaks: "A refusal for good (422) is not tried again.",
        caughtBy: ["retry.conflict"],
        hunts: ["exemplar/conflict"],
        policy: { RetriesFinalStatuses(contract: $0) }
    ),
    Mutant(
        name: "gives-up-on-conflicts",
        breaks: "A receiver that is still at work (409) is asked again.",
        caughtBy: ["retry.conflict"],
        hunts: ["exemplar/conflict"],
        alsoTrips: [
            "retry.attempts": "the delivery is given up before all its attempts were made",
            "success.statuses": "an attempt that nothing follows looks as if it had counted",
        ],
        policy: { GivesUpOnConflicts(contract: $0) }
    ),
]
