import Foundation
import RunClocks
import ScenarioRunning
import Testing
import WebhookContracts

@Suite struct `Wall clock` {
    /// 2026-03-03T14:30:00.250Z.
    private static let start = Date(timeIntervalSince1970: 1_772_548_200.25)

    @Test func `is the start and what has passed on the run's own clock`() async throws {
        let clock = ScriptedClock(sleeps: 1)
        let wall = WallClock(startedAt: Self.start, clock: clock)
        #expect(wall.now(as: .utc) == "2026-03-03T14:30:00.250Z")
        try await clock.sleep(until: RunInstant(sinceStart: .milliseconds(900_500)), tolerance: nil)
        #expect(wall.now(as: .utc) == "2026-03-03T14:45:00.750Z")
        #expect(wall.now(as: .offset) == "2026-03-03T08:45:00-06:00")
        #expect(wall.startedAt == Self.start)
    }

    @Test func `writes milliseconds even when there are none, and the day of the offset`() {
        let midnight = Date(timeIntervalSince1970: 1_772_496_000)
        #expect(WallClock.text(midnight, as: .utc) == "2026-03-03T00:00:00.000Z")
        #expect(WallClock.text(midnight, as: .offset) == "2026-03-02T18:00:00-06:00")
    }
}
