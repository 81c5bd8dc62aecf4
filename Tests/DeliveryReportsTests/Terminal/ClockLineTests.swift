import ContractJudging
import DeliveryEvidence
import DeliveryReports
import Testing

@Suite struct `The line about the clocks of a run` {
    private func scenarios(
        _ count: Int,
        _ clock: ClockUse?,
        began: Duration = .zero,
        duration: Duration = .seconds(2),
        named name: String = "s"
    ) -> [ScenarioReport] {
        (0..<count).map { number in
            Samples.scenario(
                "a/\(name)-\(number)",
                Samples.judged("a/\(name)-\(number)", [Samples.verdict("a.b", .held, "x")]),
                began: began,
                duration: duration,
                clock: clock
            )
        }
    }

    private func line(_ scenarios: [ScenarioReport]) -> String? {
        let report = RunReport(run: Samples.facts, scenarios: scenarios)
        return RunSummary.lines(report).first { $0.hasPrefix("clock: ") }
    }

    @Test func `counts scenarios, virtual time and forced steps`() {
        var trace = ClockUse(name: "warped:trace", virtualDuration: .seconds(26 * 3600), exactJumps: 9)
        var all = scenarios(149, trace, duration: .milliseconds(18_200))
        trace.forcedSteps = 2
        trace.virtualDuration = .seconds(38 * 3600)
        all += scenarios(1, trace, named: "t") + scenarios(7, ClockUse(name: "real"), named: "r")
        #expect(
            line(all)
                == "clock: warped by trace for 150 scenarios, real for 7; 3912 virtual hours in 18.2s; "
                + "2 forced steps in 1 scenario (inconclusive where it matters)"
        )
    }

    @Test func `puts what there is one of in the singular`() {
        let one = ClockUse(name: "warped:trace", virtualDuration: .seconds(60), forcedSteps: 1, skippedTicks: 1)
        #expect(
            line(scenarios(1, one))
                == "clock: warped by trace for 1 scenario; 1 virtual minute in 2s; "
                + "1 forced step in 1 scenario (inconclusive where it matters); 1 housekeeping tick passed over"
        )
    }

    @Test func `names both engines where both were used`() {
        let all =
            scenarios(2, ClockUse(name: "warped:preload", reason: "r", virtualDuration: .seconds(90)), named: "p")
            + scenarios(3, ClockUse(name: "warped:trace", virtualDuration: .seconds(90)), named: "t")
        #expect(
            line(all) == "clock: warped by trace for 3 scenarios, by preload for 2 (r); 7.5 virtual minutes in 2s"
        )
    }

    @Test func `counts real time in which several ran side by side once`() {
        let clock = ClockUse(name: "warped:trace", virtualDuration: .milliseconds(500))
        let all =
            scenarios(1, clock, began: .seconds(1), duration: .seconds(3), named: "a")
            + scenarios(1, clock, began: .seconds(2), duration: .seconds(1), named: "b")
            + scenarios(1, clock, began: .seconds(3), duration: .seconds(2), named: "c")
            + scenarios(1, clock, began: .seconds(9), duration: .seconds(1), named: "d")
        #expect(line(all) == "clock: warped by trace for 4 scenarios; 2 virtual seconds in 5s")
    }

    @Test func `is not there when nothing was warped, and the closing line names the clock instead`() throws {
        let real = scenarios(2, ClockUse(name: "real")) + scenarios(1, nil, named: "n")
        #expect(line(real) == nil)
        let report = RunReport(run: Samples.facts, scenarios: real)
        #expect(try #require(RunSummary.lines(report).last).contains(" (clock: real): "))
        let warped = RunReport(run: Samples.facts, scenarios: scenarios(1, ClockUse(name: "warped:trace")))
        #expect(try #require(RunSummary.lines(warped).last).contains("clock") == false)
    }

    @Test func `is summed up from the evidence of a scenario`() throws {
        var builder = HistoryBuilder(scenario: "a/b")
        let exact = ClockJumped(from: Stamp(nanoseconds: 0), exact: true, due: "a", skippedTicks: 2)
        let forced = ClockJumped(from: Stamp(nanoseconds: 40_000), exact: false, due: "b")
        let records: [(at: Int64, real: Int64, event: EvidenceEvent)] = [
            (0, 5_000, .clockChosen(ClockChosen(clock: "warped:trace", reason: "why"))),
            (40_000, 5_010, .clockJumped(exact)),
            (60_000, 5_020, .clockJumped(forced)),
            (60_000, 5_030, .clockHeld(ClockHeld(for: Stamp(nanoseconds: 7), why: "c"))),
            (60_000, 5_040, .clockHeld(ClockHeld(for: Stamp(nanoseconds: 9), why: "c"))),
            (60_000, 5_050, .clockDoubted(ClockDoubted(what: "d"))),
            (90_000, 5_500, .scenarioClosed(ScenarioClosed())),
        ]
        for (sequence, record) in records.enumerated() {
            builder.add(
                EvidenceRecord(
                    sequence: sequence,
                    scenario: "a/b",
                    at: Stamp(nanoseconds: record.at),
                    real: Stamp(nanoseconds: record.real),
                    event: record.event
                )
            )
        }
        let report = ScenarioReport(
            id: "a/b",
            title: "t",
            provider: "p",
            file: "f",
            history: builder.history,
            result: .notReached
        )
        #expect(report.began == .nanoseconds(5_000))
        #expect(report.duration == .nanoseconds(500))
        let expected = ClockUse(
            name: "warped:trace",
            reason: "why",
            virtualDuration: .nanoseconds(90_000),
            exactJumps: 1,
            forcedSteps: 1,
            holds: 2,
            longestHold: .nanoseconds(9),
            skippedTicks: 2,
            doubts: 1
        )
        #expect(report.clock == expected)
    }

    @Test func `cannot be steered by what a reason says`() throws {
        let clock = ClockUse(name: "warped:trace", reason: "\u{1B}[2Jgone\nnext", virtualDuration: .seconds(1))
        let shown = try #require(line(scenarios(1, clock)))
        #expect(!shown.contains("\u{1B}") && !shown.contains("\n"))
    }
}
