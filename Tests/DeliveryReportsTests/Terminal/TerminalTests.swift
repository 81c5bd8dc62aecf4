import ContractJudging
import DeliveryEvidence
import DeliveryReports
import Testing

@Suite struct `Terminal summary` {
    @Test func `shows what needs attention, the table and one closing line`() {
        let expected = """
            acme/failed — The title of acme/failed
              FAILED dispatcher: it ended by itself (exit 1)\\nits last line: no
              clock: real

            acme/mixed — The title of acme/mixed
              VIOLATED sample.broken-promise (main · e1): It came after 9s.
                --> Scenarios/acme/contract.yaml:44:3
                = promised by: guide § Retries
                #1 at 1s
                #2 at 10s
              INCONCLUSIVE sample.doubtful: The host stalled.
                = promised by: guide § Limits
              clock: warped:preload, 1h30m of virtual time in 59.104s, 1302 exact jumps, 3 forced steps, held once for \
            something real, for 312ms at most, 26 700 housekeeping ticks passed over, 1 thing that it could not see

            acme/wrong — The title of acme/wrong
              a.yaml:1:2: error: `x` is not a key
               1 | x
                 | ^

            provider  scenarios  held  violated  inconclusive  unstated  skipped  failed
            Acme              3     1         1             1         1        0       2
            Zeta              2     0         0             0         0        2       0
            all               5     1         1             1         1        2       2

            clock: warped by preload for 1 scenario (ptrace is refused here (EPERM); the preload library works), real for 1; \
            1.5 virtual hours in 59.104s; 3 forced steps in 1 scenario (inconclusive where it matters); something it could not \
            see in 1 scenario (inconclusive where it matters); held once for something real, for 312ms at most; \
            26 700 housekeeping ticks passed over
            interrupted: 5 scenarios in 1m1.005s: 1 held, 1 violated, 1 inconclusive, 1 unstated, \
            1 scenario failed, 1 file wrong, 1 scenario skipped, 1 not reached
            """
        #expect(RunSummary.lines(Samples.all).joined(separator: "\n") == expected)
    }

    @Test func `is short when all is well`() {
        let verdicts = [Samples.verdict("a.b", .held, "x"), Samples.verdict("a.c", .unstated, "x")]
        var facts = Samples.facts
        facts.interrupted = false
        let report = RunReport(run: facts, scenarios: [Samples.scenario("a/b", Samples.judged("a/b", verdicts))])
        let expected = """
            provider  scenarios  held  violated  inconclusive  unstated  skipped
            Acme              1     1         0             0         1        0

            1 scenario in 1m1.005s (clock: real): 1 held, 0 violated, 0 inconclusive, 1 unstated
            """
        #expect(RunSummary.lines(report).joined(separator: "\n") == expected)
    }

    @Test func `tells of a failed scenario why it failed and what it had broken by then, and no more`() {
        let verdicts = [
            Samples.verdict("a.b", .violated, "It was wrong."),
            Samples.verdict("a.c", .inconclusive, "Not carried through."),
        ]
        let failure = HarnessFailed(component: "dispatcher", message: "it died")
        let scenario = Samples.scenario("a/b", Samples.judged("a/b", verdicts, failure: failure))
        let lines = RunSummary.lines(RunReport(run: Samples.facts, scenarios: [scenario]))
        #expect(
            lines.prefix(4)
                == ["a/b — The title of a/b", "  FAILED dispatcher: it died", "  VIOLATED a.b: It was wrong.", ""]
        )
    }

    @Test func `shows the mistakes of a contract once, not for each of its scenarios`() {
        let problems = "a/contract.yaml:1:2: error: `x` is not a key"
        let report = RunReport(
            run: Samples.facts,
            scenarios: ["a/x", "a/y"].map { Samples.scenario($0, .broken(problems)) }
        )
        let expected = [
            "a/x — The title of a/x", "  \(problems)", "", "a/y — The title of a/y", "  the same as a/x", "",
        ]
        #expect(RunSummary.lines(report).prefix(6) == expected[...])
    }

    @Test func `says when evidence is missing`() throws {
        var facts = Samples.facts
        facts.incompleteEvidence = "the disk is full"
        let report = RunReport(run: facts, scenarios: [])
        #expect(
            try #require(RunSummary.lines(report).last).hasSuffix("0 unstated, evidence incomplete: the disk is full")
        )
    }

    @Test func `cannot be steered by what a program wrote`() {
        let failure = HarnessFailed(
            component: "dispatcher",
            message: "\u{1B}[2J\r" + String(repeating: "x", count: 5000)
        )
        let scenario = Samples.scenario("a/b", Samples.judged("a/b", [], failure: failure))
        let line = RunSummary.lines(RunReport(run: Samples.facts, scenarios: [scenario]))[1]
        #expect(line.hasPrefix("  FAILED dispatcher: \\u{1B}[2J\\rxxx"))
        #expect(line.count < 1100)
    }
}
