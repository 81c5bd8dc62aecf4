import DeliveryEvidence
package import DeliveryScenarios
import WebhookContracts

/// Runs many scenarios side by side, each with its own dispatcher, ports and store.
package struct ScenarioSet: Sendable {
    package let session: RunSession
    /// How many run at the same time; at least 1.
    package let jobs: Int

    package init(session: RunSession, jobs: Int) {
        self.session = session
        self.jobs = max(1, jobs)
    }

    /// Runs every plan, the longest first, and tells of each one that begins and ends.
    ///
    /// Plans that cannot be run here are recorded as skipped. `onEnd` returns whether to go on; `false` lets the
    /// scenarios that have begun finish and begins no further one.
    ///
    /// - Throws: `CancellationError` when the run was interrupted; the scenarios under way were ended and recorded.
    package func run(
        _ plans: [ScenarioPlan],
        onBegin: @escaping @Sendable (ScenarioPlan) async -> Void,
        onEnd: @escaping @Sendable (ScenarioRun) async -> Bool
    ) async throws {
        for plan in plans where plan.skipReason != nil { skip(plan) }
        let runnable = plans.filter { $0.skipReason == nil }.sorted { $0.expectedTime > $1.expectedTime }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var running = 0
            var goesOn = true
            for plan in runnable {
                if running >= jobs {
                    goesOn = try await group.next() ?? true
                    running -= 1
                }
                guard goesOn else { break }
                let run = try ScenarioRun(plan: plan, session: session)
                group.addTask {
                    await onBegin(run.plan)
                    do {
                        try await run.run()
                    } catch {
                        _ = await onEnd(run)
                        throw error
                    }
                    return await onEnd(run)
                }
                running += 1
            }
            try await group.waitForAll()
        }
    }

    private func skip(_ plan: ScenarioPlan) {
        let scenario = plan.scenario
        let skipped = ScenarioSkipped(
            file: scenario.path,
            title: scenario.title,
            provider: plan.contract.provider,
            reason: plan.skipReason ?? ""
        )
        session.log.sink(for: scenario.id).record(.scenarioSkipped(skipped), at: session.now)
    }
}
