import DeliveryEvidence
import DeliveryScenarios
import ScenarioRunning
import Synchronization
import Testing

/// Notes who began and ended, and how many ran at the same time.
private actor Register {
    var begun: [String] = []
    var ended: [String] = []
    var most = 0

    func begin(_ plan: ScenarioPlan) {
        begun.append(plan.scenario.id)
        most = max(most, begun.count - ended.count)
    }

    func end(_ run: FinishedScenario) {
        ended.append(run.plan.scenario.id)
    }

    /// Waits until so many have begun, five minutes at most.
    func waitForBegun(_ count: Int) async {
        let deadline = ContinuousClock.now + .seconds(300)
        while begun.count < count, ContinuousClock.now < deadline {
            // Cancellation ends the wait as well.
            do { try await Task.sleep(for: .milliseconds(5)) } catch { return }
        }
    }
}

@Suite(.timeLimit(.minutes(20)))
struct `Scenarios side by side` {
    @Test func `begin with the longest, and each tells of its beginning and its end`() async throws {
        try await SmallRun.with { small in
            let register = Register()
            let plans = [
                try small.plan("short", "wait: 1ms", takes: 1), try small.plan("long", "wait: 1ms", takes: 9),
                try small.plan("middle", "wait: 1ms", takes: 5),
            ]
            try await ScenarioSet(session: small.session, warp: nil, jobs: 1, cores: 1).run(
                plans,
                onBegin: { await register.begin($0) },
                onEnd: {
                    await register.end($0)
                    return true
                }
            )
            #expect(await register.begun == ["parish/long", "parish/middle", "parish/short"])
            #expect(await register.ended == ["parish/long", "parish/middle", "parish/short"])
            #expect(await register.most == 1)
        }
    }

    @Test func `are so many as was asked for and no more`() async throws {
        try await SmallRun.with { small in
            let register = Register()
            let plans = try (1...5).map { try small.plan("s\($0)", "wait: 300ms") }
            try await ScenarioSet(session: small.session, warp: nil, jobs: 2, cores: 1).run(
                plans,
                onBegin: {
                    await register.begin($0)
                    // The first does not go on before there is a second.
                    await register.waitForBegun(2)
                },
                onEnd: {
                    await register.end($0)
                    return true
                }
            )
            #expect(await register.most == 2)
            #expect(await register.ended.count == 5)
        }
    }

    @Test func `are not begun after somebody said to stop, but those under way end`() async throws {
        try await SmallRun.with { small in
            let register = Register()
            let plans = [
                try small.plan("first", "wait: 1ms", takes: 9), try small.plan("second", "wait: 500ms", takes: 8),
                try small.plan("third", "wait: 1ms", takes: 7),
            ]
            try await ScenarioSet(session: small.session, warp: nil, jobs: 2, cores: 1).run(
                plans,
                onBegin: { await register.begin($0) },
                onEnd: {
                    await register.end($0)
                    return false
                }
            )
            #expect(await Set(register.begun) == ["parish/first", "parish/second"])
            #expect(await Set(register.ended) == ["parish/first", "parish/second"])
            #expect(small.failure(of: "second") == nil)
            #expect(small.events(of: "third").isEmpty)
        }
    }

    @Test func `leave out what cannot be run, with the reason`() async throws {
        try await SmallRun.with { small in
            let register = Register()
            try await ScenarioSet(session: small.session, warp: nil, jobs: 1, cores: 1).run(
                [try small.plan("late", "wait: 1ms", skip: "it is too late")],
                onBegin: { await register.begin($0) },
                onEnd: { _ in true }
            )
            #expect(await register.begun == [])
            guard case .scenarioSkipped(let skipped)? = small.events(of: "late").first else {
                Issue.record("nothing was recorded")
                return
            }
            #expect(skipped.reason == "it is too late")
        }
    }

    private static func hasBegunToWait(_ small: SmallRun) -> Bool {
        small.events(of: "under-way").contains { if case .stepBegan = $0 { true } else { false } }
    }

    @Test func `are ended and recorded when the run is interrupted`() async throws {
        try await SmallRun.with { small in
            let register = Register()
            let plans = [try small.plan("under-way", "wait: 60m", takes: 9), try small.plan("waiting", "wait: 60m")]
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await ScenarioSet(session: small.session, warp: nil, jobs: 1, cores: 1).run(
                            plans,
                            onBegin: { await register.begin($0) },
                            onEnd: {
                                await register.end($0)
                                return true
                            }
                        )
                    }
                    while !Self.hasBegunToWait(small) { try await Task.sleep(for: .milliseconds(5)) }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(await register.ended == ["parish/under-way"])
            #expect(small.failure(of: "under-way") == "harness: the run was interrupted")
            #expect(small.observation(of: "under-way")?.complete == false)
            guard case .scenarioClosed? = small.events(of: "under-way").last else {
                Issue.record("its end was not recorded")
                return
            }
            #expect(small.events(of: "waiting").isEmpty)
        }
    }
}
