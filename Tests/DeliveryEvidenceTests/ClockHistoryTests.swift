import DeliveryEvidence
import Testing

@Suite struct `What a scenario's clock did` {
    /// The history of events, each with its own stamp and one of real time.
    private func history(
        _ events: [(at: Int64, real: Int64, event: EvidenceEvent)],
        ofRun: [(at: Int64, event: EvidenceEvent)] = []
    ) -> ScenarioHistory {
        var builder = HistoryBuilder(scenario: "p/a")
        for (at, event) in ofRun {
            builder.add(EvidenceRecord(sequence: 1, scenario: nil, at: Stamp(nanoseconds: at), event: event))
        }
        for (at, real, event) in events {
            builder.add(
                EvidenceRecord(
                    sequence: 2,
                    scenario: "p/a",
                    at: Stamp(nanoseconds: at),
                    real: Stamp(nanoseconds: real),
                    event: event
                )
            )
        }
        return builder.history
    }

    private func jump(_ from: Int64, to: Int64, exact: Bool = true, skipped: Int = 0) -> (Int64, Int64, EvidenceEvent) {
        let jumped = ClockJumped(
            from: Stamp(nanoseconds: from),
            exact: exact,
            due: "pid 1 'python3' sleep",
            skippedTicks: skipped
        )
        return (to, 1, .clockJumped(jumped))
    }

    private func spans(_ history: ScenarioHistory) -> [[Int64]] {
        history.clock.forced.map {
            [$0.span.lowerBound.nanoseconds, $0.span.upperBound.nanoseconds, Int64($0.steps)]
        }
    }

    private let warped = EvidenceEvent.clockChosen(
        ClockChosen(clock: "warped:trace", startedAt: "2026-01-02T03:04:09.000Z")
    )

    @Test func `is counted and not kept jump by jump`() {
        let jumps = (0..<10_000).map { jump(Int64($0) * 10, to: Int64($0) * 10 + 10, skipped: 2) }
        let clock = history([(0, 1, warped)] + jumps).clock
        #expect(clock.exactJumps == 10_000)
        #expect(clock.skippedTicks == 20_000)
        #expect(clock.forced.isEmpty)
        #expect(clock.name == "warped:trace" && clock.isWarped)
    }

    @Test func `is forced from the first such step until everything slept again`() {
        let history = history([
            jump(0, to: 100), jump(110, to: 200, exact: false), jump(205, to: 300, exact: false),
            jump(340, to: 400), jump(400, to: 500), jump(500, to: 600, exact: false),
            (650, 1, .clockIdle(ClockIdle(why: "all wait"))), jump(700, to: 800, exact: false),
            (950, 1, .scenarioClosed(ScenarioClosed())),
        ])
        #expect(spans(history) == [[110, 340, 2], [500, 650, 1], [700, 950, 1]])
        #expect(history.clock.forcedSteps == 4)
        #expect(history.clock.exactJumps == 3)
        #expect(history.clock.idle.map(\.at.nanoseconds) == [650])
    }

    @Test func `is not thrown off by a jump that goes back`() {
        let history = history([jump(500, to: 100, exact: false, skipped: -7), jump(.min, to: .max, exact: true)])
        #expect(spans(history) == [[100, 100, 1]])
        #expect(history.clock.skippedTicks == 0)
    }

    @Test func `tells how often and how long it was held, and what it could not see`() {
        let clock = history([
            (5, 1, .clockHeld(ClockHeld(for: Stamp(nanoseconds: 30), why: "a"))),
            (5, 2, .clockHeld(ClockHeld(for: Stamp(nanoseconds: 70), why: "b"))),
            (6, 3, .clockHeld(ClockHeld(for: Stamp(nanoseconds: 50), why: "c"))),
            (7, 4, .clockDoubted(ClockDoubted(what: "a peer"))),
        ]).clock
        #expect(clock.holds == 3)
        #expect(clock.longestHold == Stamp(nanoseconds: 70))
        #expect(clock.doubts == [Timed(at: Stamp(nanoseconds: 7), value: ClockDoubted(what: "a peer"))])
    }

    @Test func `counts from a wall-clock time of its own, and stands still while the host stalls`() {
        let stall = EvidenceEvent.hostStalled(HostStalled(began: Stamp(nanoseconds: 2)))
        let ofRun: [(Int64, EvidenceEvent)] = [(0, .runOpened(EvidenceSamples.runOpened)), (8, stall)]
        let step = EvidenceEvent.stepBegan(StepBegan(step: 1, text: "emit"))
        let virtual = history([(0, 4, warped), (10, 9, step)], ofRun: ofRun)
        #expect(virtual.startedAt == "2026-01-02T03:04:09.000Z")
        #expect(virtual.stalls.isEmpty)
        #expect(virtual.span == Stamp(nanoseconds: 0)...Stamp(nanoseconds: 10))
        #expect(virtual.realSpan == Stamp(nanoseconds: 4)...Stamp(nanoseconds: 9))
        let real = history([(0, 0, .clockChosen(ClockChosen(clock: "real"))), (10, 10, step)], ofRun: ofRun)
        #expect(real.startedAt == EvidenceSamples.runOpened.startedAt)
        #expect(real.stalls.count == 1)
        let silent = history([(0, 4, .clockChosen(ClockChosen(clock: "warped:preload")))], ofRun: ofRun)
        #expect(silent.startedAt == nil)
    }
}
