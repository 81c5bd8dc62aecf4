import DeliveryEvidence
import RunClocks
import ScenarioRunning
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `Watching for quiet` {
    private static func milliseconds(_ instant: RunInstant) -> Int { Int(instant.sinceStart / .milliseconds(1)) }

    /// When it was quiet for a second, in milliseconds, by what is seen at each moment.
    private static func quiet(_ seen: @escaping @Sendable (_ now: Int) -> QuietWatch.Look) async throws -> Int {
        let clock = ScriptedClock(sleeps: 100_000)
        let watch = watch(clock) { seen(milliseconds(clock.now)) }
        try await watch.wait(for: .seconds(1))
        return milliseconds(clock.now)
    }

    /// Looks every 25 ms while something is under way.
    private static func watch(
        _ clock: ScriptedClock,
        _ look: @escaping @Sendable () async -> QuietWatch.Look
    ) -> QuietWatch {
        QuietWatch(clock: clock) { limit in
            let pause = clock.now.advanced(by: .milliseconds(25))
            try await clock.sleep(until: min(limit, pause), tolerance: nil)
        } look: {
            await look()
        }
    }

    private static func look(_ underWay: Int, last milliseconds: Int) -> QuietWatch.Look {
        QuietWatch.Look(underWay: underWay, lastActivity: Stamp(sinceStart: .milliseconds(milliseconds)))
    }

    @Test func `takes the window when nothing happens`() async throws {
        #expect(try await Self.quiet { _ in Self.look(0, last: 0) } == 1000)
    }

    @Test func `counts from when something last happened`() async throws {
        #expect(try await Self.quiet { now in Self.look(0, last: min(now, 700)) } == 1700)
    }

    @Test func `does not count while something is under way, however silent it is`() async throws {
        let ended = try await Self.quiet { now in Self.look(now < 5000 ? 1 : 0, last: 0) }
        #expect((5975...6025).contains(ended), "\(ended)")
    }

    @Test func `begins anew for every attempt`() async throws {
        // One each 900 ms until 9 s have passed.
        #expect(try await Self.quiet { now in Self.look(0, last: min(now, 9000) / 900 * 900) } == 10000)
    }

    @Test func `does not count what was before it began`() async throws {
        let clock = ScriptedClock(sleeps: 1000)
        try await clock.sleep(until: RunInstant(sinceStart: .seconds(3)), tolerance: nil)
        try await Self.watch(clock) { Self.look(0, last: 0) }.wait(for: .seconds(1))
        #expect(Self.milliseconds(clock.now) == 4000)
    }

    @Test func `gives up with a reason when it never comes`() async throws {
        let clock = ScriptedClock(sleeps: 100_000)
        let watch = Self.watch(clock) { Self.look(1, last: 0) }
        let error = await #expect(throws: ScenarioRunError.self) { try await watch.wait(for: .seconds(1)) }
        #expect(
            error?.description == "it never became quiet for 1s; attempts kept coming or kept hanging"
        )
        #expect(clock.now.sinceStart >= .seconds(601))
    }

    @Test func `ends when it is cancelled`() async {
        let watch = Self.watch(ScriptedClock(sleeps: 3)) { Self.look(1, last: 0) }
        await #expect(throws: CancellationError.self) { try await watch.wait(for: .seconds(1)) }
    }
}
