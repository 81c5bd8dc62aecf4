import ReferenceDispatching
import WebhookContracts
import WebhookSigning

/// Keeps failed attempts out of the delivery log.
struct LogDropsFailedAttempts: DispatchPolicy {
    let contract: Contract
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        result.word == "succeeded" ? result : nil
    }
}

/// Keeps no response headers and bodies in the delivery log.
struct LogDropsResponses: DispatchPolicy {
    let contract: Contract
    func logEntry(of result: AttemptResult) -> AttemptResult? {
        AttemptResult(outcome: result.outcome, word: result.word, error: result.error)
    }
}

/// Writes secrets into its log.
struct LogsSecrets: DispatchPolicy {
    let contract: Contract
    func displayName(of endpoint: Endpoint) -> String {
        "endpoint \(endpoint.id) (secret \(endpoint.secret?.revealed ?? "none"), \(endpoint.basic?.password ?? "open"))"
    }
}

/// Makes one attempt at a time, so that a slow endpoint holds all others back.
struct ServesOneEndpointAtATime: DispatchPolicy {
    let contract: Contract
    func concurrency() -> ConcurrencyLimits { ConcurrencyLimits(total: 1, perEndpoint: 1) }
}

let observabilityMutants = [
    Mutant(
        name: "log-drops-failed-attempts",
        breaks: "The delivery log has every attempt.",
        caughtBy: ["log.every-attempt"],
        hunts: ["oneclickcontractor/delivery-log"],
        alsoTrips: [
            "log.event-fields": "The latest status stands on the last attempt, which is missing."
        ],
        policy: { LogDropsFailedAttempts(contract: $0) }
    ),
    Mutant(
        name: "log-drops-responses",
        breaks: "The delivery log has the response of every attempt.",
        caughtBy: ["log.every-attempt"],
        hunts: ["oneclickcontractor/delivery-log"],
        policy: { LogDropsResponses(contract: $0) }
    ),
    Mutant(
        name: "logs-secrets",
        breaks: "No log line has a secret in it.",
        caughtBy: ["secrets.not-in-output"],
        hunts: ["contentspal/accepted"],
        policy: { LogsSecrets(contract: $0) }
    ),
    Mutant(
        name: "serves-one-endpoint-at-a-time",
        breaks: "An endpoint that hangs does not hold the others back.",
        caughtBy: ["endpoints.do-not-wait-for-each-other"],
        hunts: ["claimable/hanging-neighbour"],
        policy: { ServesOneEndpointAtATime(contract: $0) }
    ),
]
