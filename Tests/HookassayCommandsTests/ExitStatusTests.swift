import ContractJudging
import DeliveryEvidence
import DeliveryReports
import HookassayCommands
import Testing

/// The testing library has one too.
private typealias Status = HookassayCommands.ExitStatus

@Suite struct `Exit status` {
    private static func scenario(_ result: ScenarioReport.Result) -> ScenarioReport {
        ScenarioReport(id: "shop/a", title: "A", provider: "Shop", file: "shop/a.yaml", result: result)
    }

    private static func judged(_ outcome: Outcome, failed: Bool = false) -> ScenarioReport {
        let verdict = Verdict(
            check: CheckID(rawValue: "a.b"),
            outcome: outcome,
            subject: nil,
            summary: "So it was.",
            details: [],
            source: nil,
            file: nil,
            position: nil
        )
        let failure = failed ? HarnessFailed(component: "dispatcher", message: "it died") : nil
        return scenario(
            .judged(
                ScenarioVerdict(
                    scenario: "shop/a",
                    title: "A",
                    provider: "Shop",
                    file: "shop/a.yaml",
                    verdicts: [verdict],
                    failure: failure
                )
            )
        )
    }

    private static func status(
        _ scenarios: [ScenarioReport],
        by signal: Status? = nil,
        incomplete: String? = nil
    ) -> Status {
        var facts = RunFacts(
            tool: "0",
            dispatcher: "D",
            clock: "real",
            host: "h",
            seed: 1,
            startedAt: "2026-03-03T14:30:00.000Z",
            duration: .seconds(1),
            interrupted: signal != nil
        )
        facts.incompleteEvidence = incomplete
        return Status(RunReport(run: facts, scenarios: scenarios), interruptedBy: signal)
    }

    private static let held = judged(.held)
    private static let violated = judged(.violated)
    private static let inconclusive = judged(.inconclusive)
    private static let failed = judged(.inconclusive, failed: true)
    private static let broken = scenario(.broken("a.yaml:1:1: error: no"))
    private static let skipped = scenario(.skipped(reason: "needs the warped clock"))
    private static let notReached = scenario(.notReached)

    @Test func `is 0 when everything held, and what is unstated or skipped does not count`() {
        #expect(Self.status([Self.held]).rawValue == 0)
        #expect(Self.status([Self.held, Self.judged(.unstated), Self.skipped]).rawValue == 0)
    }

    @Test func `is 1 when a promise was violated, whatever else there is`() {
        let everything = [Self.held, Self.inconclusive, Self.failed, Self.broken, Self.skipped, Self.violated]
        #expect(Self.status(everything).rawValue == 1)
        #expect(Self.status(everything, by: .interrupted).rawValue == 1)
        #expect(Self.status(everything, incomplete: "the disk is full").rawValue == 1)
        #expect(Self.status([Self.judged(.violated, failed: true)]).rawValue == 1)
    }

    @Test func `tells of the signal that ended the run`() {
        let others = [Self.held, Self.failed, Self.broken, Self.notReached]
        #expect(Self.status(others, by: .interrupted).rawValue == 130)
        #expect(Self.status(others, by: .terminated).rawValue == 143)
    }

    @Test func `is 65 when a file is wrong, even if the dispatcher failed too`() {
        #expect(Self.status([Self.held, Self.broken]).rawValue == 65)
        #expect(Self.status([Self.failed, Self.broken, Self.inconclusive]).rawValue == 65)
    }

    @Test func `is 3 when the dispatcher failed or evidence is missing`() {
        #expect(Self.status([Self.held, Self.failed, Self.inconclusive]).rawValue == 3)
        #expect(Self.status([Self.held], incomplete: "the disk is full").rawValue == 3)
    }

    @Test func `is 4 when nothing was judged`() {
        #expect(Self.status([]).rawValue == 4)
        #expect(Self.status([Self.skipped, Self.skipped]).rawValue == 4)
    }

    @Test func `is 2 when something could not be decided and nothing is worse`() {
        #expect(Self.status([Self.held, Self.inconclusive, Self.skipped]).rawValue == 2)
    }

    @Test func `has the numbers that are documented`() {
        #expect(Status.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 65, 130, 143])
    }
}
