import FoundationEssentials
package import Logging
import ServiceLifecycle
import WebhookContracts

/// Makes attempts when they are due, until it is asked to stop.
///
/// One task waits for the earliest due time or a nudge, whichever comes first; there is no polling. Deliveries are only
/// taken from the store when slots are free, so a long queue costs no memory.
package actor DeliveryScheduler: Service {
    private let store: DeliveryStore
    private let policy: any DispatchPolicy
    private let sender: AttemptSender
    private let logger: Logger
    private let nudge: Nudge
    private let onDisabled: @Sendable (Endpoint) async -> Void
    private var share: FairShare
    /// Since when the endpoints were active whose end was announced, by id: several answers can switch one off.
    private var announced: [String: Date] = [:]

    /// How long attempts in flight may go on once the scheduler is asked to stop.
    private let graceLimit = Duration.seconds(5)
    /// How long to leave the store alone after it failed.
    private let pauseAfterStoreFailure = Duration.seconds(1)

    /// Makes a scheduler, which does nothing before `run()`; `nudge` is rung when something may have become due, and
    /// `onDisabled` is told of every endpoint that is switched off for its answers.
    package init(
        store: DeliveryStore,
        policy: any DispatchPolicy,
        sender: AttemptSender,
        nudge: Nudge,
        logger: Logger,
        onDisabled: @escaping @Sendable (Endpoint) async -> Void = { _ in }
    ) {
        self.onDisabled = onDisabled
        self.store = store
        self.policy = policy
        self.sender = sender
        self.nudge = nudge
        self.logger = logger
        share = FairShare(limits: policy.concurrency())
    }

    /// Works until the graceful shutdown of its task, then lets attempts in flight end, up to 5 seconds.
    ///
    /// What is still in flight then is cut off; the store knows it as interrupted and the next run takes it up.
    package func run() async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !Task.isShuttingDownGracefully && !Task.isCancelled {
                    let next = await beginWhatIsDue(in: &group)
                    await nudge.wait(until: next)
                }
                let deadline = Date().advanced(by: graceLimit)
                while share.total > 0 && !Task.isCancelled && Date() < deadline { await nudge.wait(until: deadline) }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.nudge.ring()
        }
    }

    /// Begins attempts as long as any is due and has a slot, and says when the next one will be due.
    private func beginWhatIsDue(in group: inout DiscardingTaskGroup) async -> Date? {
        let statuses = EndpointStatus.allCases.filter(policy.mayDeliver(to:))
        do {
            while true {
                let waiting = try await store.waitingEndpoints(statuses: statuses, isOrdered: share.limits.isOrdered)
                let now = Date()
                var begun = 0
                var later = waiting.map(\.dueAt).filter { $0 > now }
                for (endpoint, count) in share.shares(of: waiting.filter { $0.dueAt <= now }.map(\.id)) {
                    let allowed = try await allowance(count, at: endpoint, now: now)
                    if let next = allowed.next { later.append(next) }
                    begun += try await begin(allowed.count, at: endpoint, now: now, in: &group)
                }
                if begun == 0 || Task.isShuttingDownGracefully { return later.min() }
            }
        } catch {
            logger.error("The store cannot be read, trying again shortly: \(error)")
            return Date().advanced(by: pauseAfterStoreFailure)
        }
    }

    /// How many of `count` attempts the endpoint's pace allows now; when the next one may start where it allows none.
    private func allowance(_ count: Int, at endpoint: String, now: Date) async throws -> (count: Int, next: Date?) {
        guard let pace = policy.pace() else { return (count, nil) }
        let allowed = try await store.allowance(at: endpoint, of: pace, now: now)
        return (min(count, allowed.count), allowed.next)
    }

    private func begin(
        _ count: Int,
        at endpoint: String,
        now: Date,
        in group: inout DiscardingTaskGroup
    ) async throws -> Int {
        let attempts = try await store.claim(of: endpoint, count: count, at: now, isOrdered: share.limits.isOrdered)
        share.began(attempts.count, at: endpoint)
        for attempt in attempts {
            group.addTask { await self.make(attempt) }
        }
        return attempts.count
    }

    private func make(_ attempt: Attempt) async {
        if let result = await sender.send(attempt) {
            await gatherOutcomes()
            await finish(attempt, result)
        }
        share.ended(at: attempt.endpoint.id)
        nudge.ring()
    }

    /// Waits as long as outcomes are gathered before they are written, which is not at all unless the policy says so.
    ///
    /// Without a wait nothing may sleep: the first sleep starts a timer of the system's library that ticks every second for
    /// as long as the process lives.
    private func gatherOutcomes() async {
        let wait = policy.outcomesWait()
        guard wait > .zero else { return }
        do {
            try await Task.sleep(for: wait)
        } catch {
            // Cancelled while it gathers outcomes, the scheduler writes what it has.
        }
    }

    private func finish(_ attempt: Attempt, _ result: AttemptResult) async {
        let now = Date()
        let action = policy.action(after: result.outcome, of: attempt, at: now)
        tell(attempt, result, action)
        if let until = policy.pause(after: result.outcome, at: now) { await pause(attempt.endpoint, until: until) }
        guard await record(attempt, result, action, at: now) else { return }
        if case .disableEndpoint = action { await announce(attempt.endpoint) }
        await disableIfFailing(attempt.endpoint, at: now)
    }

    /// Records how an attempt ended; false when that was not possible.
    ///
    /// An outcome that is not recorded would make the attempt look interrupted, and a success be sent again. It is
    /// therefore worth some patience with the store, and is written even when the scheduler has just been cancelled.
    private func record(
        _ attempt: Attempt,
        _ result: AttemptResult,
        _ action: DeliveryAction,
        at now: Date
    ) async -> Bool {
        let (store, policy) = (store, policy)
        let entry = policy.logEntry(of: result)
        for _ in 0..<30 {
            do {
                // A task of its own, since the store refuses to write for a cancelled one.
                try await Task(executorPreference: SocketThreads.shared) {
                    try await store.finish(
                        attempt,
                        entry: entry,
                        action: action,
                        at: now,
                        delivers: { policy.mayDeliver(to: $0) }
                    )
                }
                .value
                return true
            } catch {
                logger.error("The outcome of an attempt cannot be recorded, trying again shortly: \(error)")
            }
            do {
                try await Task.sleep(for: pauseAfterStoreFailure)
            } catch {
                return false
            }
        }
        logger.error("The outcome of an attempt of \(attempt.deliveryID) is lost; the next start takes it up again.")
        return false
    }

    private func pause(_ endpoint: Endpoint, until moment: Date) async {
        do {
            try await store.pause(endpoint.id, until: moment)
            let time = TimeText.text(moment, form: .utc)
            logger.notice("Nothing more is sent to \(policy.displayName(of: endpoint)) until \(time), as it asked.")
        } catch {
            logger.error("A pause of \(policy.displayName(of: endpoint)) cannot be recorded: \(error)")
        }
    }

    private func disableIfFailing(_ endpoint: Endpoint, at now: Date) async {
        guard let disablement = policy.disablement() else { return }
        do {
            let reason = try await store.disableIfFailing(
                endpoint.id,
                by: disablement,
                at: now,
                endingDeliveries: !policy.mayDeliver(to: .disabled)
            )
            guard let reason else { return }
            logger.warning("Switched off \(policy.displayName(of: endpoint)): \(reason).")
            await announce(endpoint)
        } catch is CancellationError {
            // The dispatcher is stopping; the next attempt that ends asks again.
        } catch {
            logger.error("How often \(policy.displayName(of: endpoint)) fails cannot be read: \(error)")
        }
    }

    /// Tells once that an endpoint was switched off.
    private func announce(_ endpoint: Endpoint) async {
        guard announced[endpoint.id] != endpoint.activeSince else { return }
        announced[endpoint.id] = endpoint.activeSince
        await onDisabled(endpoint)
    }

    private func tell(_ attempt: Attempt, _ result: AttemptResult, _ action: DeliveryAction) {
        let code = result.responseCode.map { " (\($0))" } ?? ""
        let what = "Attempt \(attempt.number) of \(attempt.deliveryID) to \(policy.displayName(of: attempt.endpoint))"
        logger.info("\(what): \(result.word)\(code), then \(action.summary).")
    }
}

extension DeliveryAction {
    fileprivate var summary: String {
        switch self {
        case .succeeded: "nothing more to do"
        case .retry(let due): "again at \(TimeText.text(due, form: .utc))"
        case .giveUp(_, let reason): "given up, since \(reason)"
        case .disableEndpoint(let reason): "the endpoint is switched off, since \(reason)"
        }
    }
}
