import DeliveryEvidence
import RunClocks
import ScenarioRunning
import Testing

@Suite struct `The calibration of the harness` {
    @Test func `gives the median, what is rarely exceeded, and the worst`() {
        let found = Calibration.summed((1...200).reversed().map { .milliseconds($0) })
        #expect(found.wakeUps == 200)
        #expect(found.median == Stamp(sinceStart: .milliseconds(100)))
        #expect(found.late == Stamp(sinceStart: .milliseconds(198)))
        #expect(found.latest == Stamp(sinceStart: .milliseconds(200)))
    }

    @Test func `says nothing of no measurement`() {
        #expect(Calibration.summed([]).latest == Stamp(nanoseconds: 0))
    }

    @Test(.timeLimit(.minutes(5)))
    func `measures lateness, which is never negative`() async throws {
        let found = try await Calibration.measure(on: RealRunClock())
        #expect(found.wakeUps == Calibration.wakeUps)
        #expect(found.median <= found.late && found.late <= found.latest)
        #expect(found.latest > Stamp(nanoseconds: 0))
    }
}
