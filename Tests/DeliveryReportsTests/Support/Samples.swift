import ContractJudging
import DeliveryEvidence
import DeliveryReports
import Notation

/// A run of our own making, with every way a scenario and a check can end.
enum Samples {
    static var facts: RunFacts {
        RunFacts(
            tool: "9.9",
            dispatcher: "Sample dispatcher",
            clock: "real",
            host: "box",
            seed: 7,
            startedAt: "2026-03-03T14:30:00.250Z",
            duration: .milliseconds(61_005),
            interrupted: true
        )
    }

    static func verdict(
        _ check: String,
        _ outcome: Outcome,
        _ summary: String,
        subject: String? = nil,
        details: [String] = [],
        source: String? = nil,
        place: (file: String, line: Int)? = nil
    ) -> Verdict {
        Verdict(
            check: CheckID(rawValue: check),
            outcome: outcome,
            subject: subject,
            summary: summary,
            details: details,
            source: source,
            file: place?.file,
            position: place.map { SourcePosition(line: $0.line, column: 3) }
        )
    }

    static func scenario(
        _ id: String,
        provider: String = "Acme",
        _ result: ScenarioReport.Result,
        began: Duration = .zero,
        duration: Duration = .zero,
        variants: [String] = [],
        clock: ClockUse? = nil
    ) -> ScenarioReport {
        ScenarioReport(
            id: id,
            title: "The title of \(id)",
            provider: provider,
            file: "Scenarios/\(id).yaml",
            variants: variants,
            began: began,
            duration: duration,
            clock: clock,
            result: result
        )
    }

    static func judged(_ id: String, _ verdicts: [Verdict], failure: HarnessFailed? = nil) -> ScenarioReport.Result {
        .judged(
            ScenarioVerdict(
                scenario: id,
                title: "The title of \(id)",
                provider: "Acme",
                file: "Scenarios/\(id).yaml",
                verdicts: verdicts,
                failure: failure
            )
        )
    }

    /// A clock that was not exact throughout.
    static var warped: ClockUse {
        ClockUse(
            name: "warped:preload",
            reason: "ptrace is refused here (EPERM); the preload library works",
            virtualDuration: .seconds(5400),
            exactJumps: 1_302,
            forcedSteps: 3,
            holds: 1,
            longestHold: .milliseconds(312),
            skippedTicks: 26_700,
            doubts: 1
        )
    }

    static var all: RunReport {
        let mixed = judged(
            "acme/mixed",
            [
                verdict("sample.held", .held, "Two of two were kept."),
                verdict(
                    "sample.broken-promise",
                    .violated,
                    "It came after 9s.",
                    subject: "main · e1",
                    details: ["#1 at 1s", "#2 at 10s"],
                    source: "guide § Retries",
                    place: ("Scenarios/acme/contract.yaml", 44)
                ),
                verdict("sample.doubtful", .inconclusive, "The host stalled.", source: "guide § Limits"),
                verdict("sample.silent", .unstated, "Nothing is said; 3 came."),
            ]
        )
        let failed = judged(
            "acme/failed",
            [],
            failure: HarnessFailed(component: "dispatcher", message: "it ended by itself (exit 1)\nits last line: no")
        )
        return RunReport(
            run: facts,
            scenarios: [
                scenario("zeta/late", provider: "Zeta", .skipped(reason: "needs the warped clock")),
                scenario("zeta/unreached", provider: "Zeta", .notReached),
                scenario("acme/wrong", .broken("a.yaml:1:2: error: `x` is not a key\n 1 | x\n   | ^")),
                scenario(
                    "acme/failed",
                    failed,
                    began: .seconds(2),
                    duration: .milliseconds(1_500),
                    clock: ClockUse(name: "real")
                ),
                scenario(
                    "acme/mixed",
                    mixed,
                    began: .milliseconds(1_900),
                    duration: .milliseconds(59_104),
                    variants: ["basic-auth"],
                    clock: warped
                ),
            ]
        )
    }
}
