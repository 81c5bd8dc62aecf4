import FoundationEssentials
import ReferenceDispatching
import WebhookContracts

/// Says that an event is accepted seconds before it is on the disk.
struct AcknowledgesBeforeRecording: DispatchPolicy {
    let contract: Contract
    func record(
        _ write: @escaping @Sendable () async throws -> Acceptance,
        id: String
    ) async throws -> Acceptance {
        Task {
            try await Task.sleep(for: .seconds(3))
            _ = try await write()
        }
        return .accepted(id: id)
    }
}

/// Forgets attempts that a crash interrupted.
struct ForgetsInterruptedAttempts: DispatchPolicy {
    let contract: Contract
    func recovery() -> Recovery { .giveUp }
}

/// Sends what may have arrived again, although it promised at most one delivery.
struct ResendsAfterACrash: DispatchPolicy {
    let contract: Contract
    func recovery() -> Recovery { .resend }
}

/// Makes all waiting retries at once after a restart.
struct RetriesAtOnceAfterARestart: DispatchPolicy {
    let contract: Contract
    func dueAfterRestart(_ due: Date, now: Date) -> Date { min(due, now) }
}

let crashMutants = [
    Mutant(
        name: "acknowledges-before-recording",
        breaks: "An event that was accepted survives a crash.",
        caughtBy: ["crash.accepted-is-delivered"],
        hunts: ["jobber/killed-with-a-queue"],
        policy: { AcknowledgesBeforeRecording(contract: $0) }
    ),
    Mutant(
        name: "forgets-interrupted-attempts",
        breaks: "An attempt that a crash interrupted is made again.",
        caughtBy: ["crash.resent-with-same-key"],
        hunts: ["jobber/killed-midway"],
        alsoTrips: [
            "crash.accepted-is-delivered": "The interrupted delivery was accepted, and is never made."
        ],
        policy: { ForgetsInterruptedAttempts(contract: $0) }
    ),
    Mutant(
        name: "resends-after-a-crash",
        breaks: "There is at most one delivery, crash or not.",
        caughtBy: ["crash.at-most-once"],
        hunts: ["contentspal/killed"],
        policy: { ResendsAfterACrash(contract: $0) }
    ),
    Mutant(
        name: "retries-at-once-after-a-restart",
        breaks: "A retry that waits through a restart keeps its time.",
        caughtBy: ["crash.retry-when-due"],
        hunts: ["oneclickcontractor/killed-while-waiting"],
        policy: { RetriesAtOnceAfterARestart(contract: $0) }
    ),
]
