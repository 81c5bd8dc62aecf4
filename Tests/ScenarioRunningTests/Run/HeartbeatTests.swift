import RunClocks
import ScenarioRunning
import Testing

@Suite struct `The heartbeat of a run` {
    private static func stalls(_ lateness: [Duration]) async -> [ClosedRange<Int64>] {
        let evidence = KeptEvidence()
        await Heartbeat(clock: ScriptedClock(lateness: lateness), sink: evidence).run()
        return evidence.stalls
    }

    @Test func `says nothing while it beats in time, or nearly so`() async {
        #expect(await Self.stalls([.zero, .milliseconds(5), .milliseconds(100), .zero]) == [])
    }

    @Test func `tells from when to when the host did not let it beat`() async {
        // Due at 25 ms; the next beat counts from the late one.
        #expect(await Self.stalls([.milliseconds(101)]) == [25...126])
        #expect(await Self.stalls([.zero, .seconds(2), .zero, .milliseconds(150)]) == [50...2050, 2100...2250])
    }

    @Test(.timeLimit(.minutes(20)))
    func `ends when its task is cancelled`() async {
        let task = Task { await Heartbeat(clock: RealRunClock(), sink: KeptEvidence()).run() }
        task.cancel()
        await task.value
    }
}
