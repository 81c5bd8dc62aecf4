import MutantHunting
import Testing

private func mutant(_ line: String) throws -> ListedMutant { try #require(ListedMutant(line: line)) }

private func matrix(
    _ hunted: HuntedMutant...,
    accused: Set<String> = [],
    checks: [String] = ["retry.gaps", "retry.attempts", "ordering.reported"]
) -> KillMatrix {
    KillMatrix(
        checks: checks,
        reportOnly: ["ordering.reported": "It reports."],
        correct: [KillMatrix.CorrectRun(family: "Swift", scenarios: 3, violated: accused)],
        hunted: hunted
    )
}

@Suite struct `The kill matrix` {
    private let listed =
        "waits-long\tretry.gaps,retry.attempts\ta/b,a/c\tWaits are kept.\tlog.every-attempt: It is late. | x.y: Why."
        + "\tacme/hooks#7"

    private func hunted(_ violated: String...) throws -> HuntedMutant {
        HuntedMutant(family: "Swift", mutant: try mutant(listed), violated: Set(violated))
    }

    @Test func `reads a mutant from its line`() throws {
        let mutant = try mutant(listed)
        #expect(mutant.caughtBy == ["retry.gaps", "retry.attempts"])
        #expect(mutant.hunts == ["a/b", "a/c"])
        #expect(mutant.breaks == "Waits are kept.")
        #expect(mutant.alsoTrips == ["log.every-attempt": "It is late.", "x.y": "Why."])
        #expect(mutant.reported == ["acme/hooks#7"])
        #expect(ListedMutant(line: "name\tcheck") == nil)
        #expect(ListedMutant.all(in: "a\tb\tc\td\ne\tf\tg\th\n").map(\.name) == ["a", "e"])
    }

    @Test func `is content when each check notices and every other has a reason`() throws {
        let one = try hunted("retry.gaps", "retry.attempts", "log.every-attempt", "scenario.gaps")
        #expect(one.isKilled)
        #expect(one.beyond == ["log.every-attempt", "scenario.gaps"])
        #expect(one.stale == ["x.y"])
        let checks = ["retry.gaps", "retry.attempts", "ordering.reported", "log.every-attempt", "x.y"]
        let matrix = matrix(one, checks: checks)
        #expect(matrix.problems.count == 2, "the two checks without a mutant: \(matrix.problems)")
        #expect(matrix.groups == ["retry", "ordering", "log", "x"])
    }

    @Test func `names the survivors`() throws {
        let one = try hunted("retry.gaps")
        #expect(!one.isKilled)
        #expect(one.missed == ["retry.attempts"])
        #expect(KillMatrix.problems(of: one) == ["waits-long (Swift) survives: retry.attempts does not notice."])
        var unrun = one
        unrun.obstacle = "there is no scenario a/b"
        #expect(KillMatrix.problems(of: unrun) == ["waits-long (Swift) could not be hunted: there is no scenario a/b"])
    }

    @Test func `wants a reason for every other check that fires`() throws {
        let one = try hunted("retry.gaps", "retry.attempts", "body.schema")
        #expect(one.unexplained == ["body.schema"])
        #expect(
            KillMatrix.problems(of: one)
                == ["waits-long (Swift): body.schema notices too, and alsoTrips does not say why."]
        )
    }

    @Test func `names checks without a mutant, accusations of the correct dispatcher and checks that there are not`()
        throws
    {
        let one = try hunted("retry.gaps", "retry.attempts")
        let problems = matrix(one, accused: ["retry.gaps"], checks: ["retry.gaps", "retry.attempts", "new.check"])
            .problems
        #expect(problems.contains("retry.gaps accuses the correct dispatcher (Swift)."))
        #expect(problems.contains { $0.hasPrefix("new.check has no mutant") })
        #expect(problems.contains("waits-long names log.every-attempt, which is no check."))
        #expect(problems.contains("ordering.reported is called report-only, and is not."))
    }

    @Test func `calls no check report-only that found a violated promise`() throws {
        let one = try hunted("retry.gaps", "retry.attempts", "ordering.reported")
        #expect(matrix(one).problems.contains("ordering.reported is called report-only, and is not."))
    }

    @Test func `makes pages of the same bytes each time, that need nothing else`() throws {
        let matrix = matrix(try hunted("retry.gaps", "retry.attempts", "<odd>"))
        #expect(MatrixMarkdown.page(of: matrix) == MatrixMarkdown.page(of: matrix))
        let page = MatrixHTML.page(of: matrix)
        #expect(page == MatrixHTML.page(of: matrix))
        #expect(!page.contains("<script"))
        #expect(!page.contains("src="))
        #expect(!page.contains("<odd>"))
        #expect(page.contains("&lt;odd&gt;"))
        #expect(page.contains("waits-long"))
        #expect(MatrixMarkdown.page(of: matrix).contains("| `retry.gaps` | 1 | waits-long |"))
    }
}
