import DeliveryEvidence
package import DeliveryScenarios
import PacketCapturing
import WebhookContracts

/// A scenario that is over, and what its endpoints were configured with.
package struct FinishedScenario: Sendable {
    package let plan: ScenarioPlan
    /// For the judge, and for nobody else.
    package let secrets: [String: EndpointSecrets]
}

/// Runs many scenarios, each with its own dispatcher, ports and store.
///
/// Those on the warped clock come first, each in a process of its own, about as many at a time as there are cores: they
/// work all the time. Then those on the host's clock, which mostly wait, run side by side in this process with the cores to
/// themselves.
package struct ScenarioSet: Sendable {
    package let session: RunSession
    /// How scenarios on the warped clock are run; `nil` when there are none.
    package let warp: WarpPlan?
    /// How many run at the same time; at least 1.
    package let jobs: Int
    /// How many of the host's cores scenarios on the warped clock may keep busy.
    package let cores: Int

    package init(session: RunSession, warp: WarpPlan?, jobs: Int, cores: Int) {
        self.session = session
        self.warp = warp
        self.jobs = max(1, jobs)
        self.cores = max(1, cores)
    }

    /// Runs every plan by the clock it asks for, the longest first, and tells of each one that begins and ends.
    ///
    /// `onDraw` is given the secrets of a scenario before it begins. Plans that cannot be run here are recorded as skipped. `onEnd` returns whether to go on; `false` lets the
    /// scenarios that have begun finish and begins no further one.
    ///
    /// - Throws: `CancellationError` when the run was interrupted; the scenarios under way were ended and recorded.
    package func run(
        _ plans: [ScenarioPlan],
        onDraw: @escaping @Sendable (FinishedScenario) async -> Void = { _ in },
        onBegin: @escaping @Sendable (ScenarioPlan) async -> Void,
        onEnd: @escaping @Sendable (FinishedScenario) async -> Bool
    ) async throws {
        for plan in plans where plan.skipReason != nil { skip(plan) }
        let runnable = plans.filter { $0.skipReason == nil }.sorted { $0.expectedTime > $1.expectedTime }
        for clock in [ScenarioClock.warped, .real] {
            // One more than there are cores, for a process that is being started or ended waits for the disk now and then.
            let width = clock == .warped ? min(jobs, cores + 1) : jobs
            let lane = runnable.filter { $0.scenario.clock == clock }
            guard try await run(lane, width: width, onDraw: onDraw, onBegin: onBegin, onEnd: onEnd) else { return }
        }
    }

    /// - Returns: whether to go on.
    private func run(
        _ plans: [ScenarioPlan],
        width: Int,
        onDraw: @escaping @Sendable (FinishedScenario) async -> Void,
        onBegin: @escaping @Sendable (ScenarioPlan) async -> Void,
        onEnd: @escaping @Sendable (FinishedScenario) async -> Bool
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var running = 0
            var goesOn = true
            for plan in plans {
                if running >= width {
                    goesOn = try await group.next() ?? true
                    running -= 1
                }
                guard goesOn else { break }
                let secrets = EndpointSecrets.draw(for: plan)
                try EndpointSecrets.redact(secrets, in: session.log.redactor)
                let finished = FinishedScenario(plan: plan, secrets: secrets)
                group.addTask {
                    await onDraw(finished)
                    await onBegin(plan)
                    do {
                        try await carryThrough(finished)
                    } catch {
                        _ = await onEnd(finished)
                        throw error
                    }
                    return await onEnd(finished)
                }
                running += 1
            }
            for try await goes in group where !goes { goesOn = false }
            return goesOn
        }
    }

    private func carryThrough(_ scenario: FinishedScenario) async throws {
        if scenario.plan.scenario.clock == .warped, let warp {
            try await WorkerRun(plan: scenario.plan, session: session, warp: warp, secrets: scenario.secrets).run()
        } else {
            try await runHere(scenario)
        }
    }

    private func runHere(_ scenario: FinishedScenario) async throws {
        let id = scenario.plan.scenario.id
        let capturing = Capturing(
            scenario: id,
            folder: session.captures,
            size: .drained(),
            sink: session.log.sink(for: id)
        )
        try await capturing.run { capture in
            let run = try ScenarioRun(
                plan: scenario.plan,
                session: session,
                secrets: scenario.secrets,
                capture: capture
            )
            try await run.run()
        } now: {
            (session.now, session.now)
        }
    }

    private func skip(_ plan: ScenarioPlan) {
        let scenario = plan.scenario
        let skipped = ScenarioSkipped(
            file: scenario.path,
            title: scenario.title,
            provider: plan.contract.provider,
            reason: plan.skipReason ?? "",
            variants: scenario.variants
        )
        session.log.sink(for: scenario.id).record(.scenarioSkipped(skipped), at: session.now)
    }
}
