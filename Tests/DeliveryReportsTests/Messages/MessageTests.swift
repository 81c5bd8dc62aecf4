import ContractJudging
import DeliveryReports
import Notation
import Testing

@Suite struct `Message text` {
    private func verdict(_ explanation: Explanation, source: String? = "guide § Retries") -> Verdict {
        Verdict(
            check: "sample.check",
            outcome: .violated,
            subject: "main · e1",
            summary: "It was wrong.",
            details: [],
            source: source,
            file: "a/contract.yaml",
            position: SourcePosition(line: 2, column: 3),
            explanation: explanation
        )
    }

    private let source = SourceText(
        path: "a/contract.yaml",
        text: "retry:\n  delays: { says: [5m], source: g } # why\nx:\n    says: 1\n"
    )

    @Test func `marks a clause from its key to the end of what it says`() throws {
        let quote = try #require(SourceQuote(source, at: SourcePosition(line: 2, column: 3)))
        let lines = VerdictText.lines(of: verdict(Explanation(quote: quote)))
        #expect(
            lines.prefix(5) == [
                "VIOLATED sample.check (main · e1): It was wrong.", "  --> a/contract.yaml:2:3", "   |",
                " 2 |   delays: { says: [5m], source: g } # why", "   |   ^^^^^^^^^^^^^^^^^^^^",
            ]
        )
    }

    @Test func `marks what stands below a key that says nothing itself`() throws {
        let quote = try #require(SourceQuote(source, at: SourcePosition(line: 3, column: 1)))
        #expect(quote.lines.map(\.number) == [3, 4])
        let lines = VerdictText.lines(of: verdict(Explanation(quote: quote)))
        #expect(lines[3...5] == [" 3 | x:", " 4 |     says: 1", "   |     ^^^^^^^"])
        #expect(SourceQuote(source, at: SourcePosition(line: 99, column: 1)) == nil)
    }

    @Test func `calls the figures of a scenario what it expects`() {
        let comparison = Comparison(promised: "exactly 3 attempts", observed: "2")
        let text = VerdictText.lines(of: verdict(Explanation(comparison: comparison), source: nil)).joined()
        #expect(text.contains("expected: exactly 3 attempts"))
        #expect(
            VerdictText.lines(of: verdict(Explanation(comparison: comparison))).joined()
                .contains("contract: exactly 3 attempts")
        )
    }

    @Test func `has a form of nothing but ASCII`() {
        let explanation = Explanation(comparison: Comparison(promised: "1s … 2s ± 3", observed: "9s → late"))
        let text = VerdictText.lines(of: verdict(explanation), .ascii).joined()
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("1s ... 2s +/- 3"))
    }

    @Test func `takes ASCII only where the locale asks for it`() {
        #expect(TimelineSymbols.suitable(in: [:]) == .unicode)
        #expect(TimelineSymbols.suitable(in: ["LANG": "de_DE.UTF-8"]) == .unicode)
        #expect(TimelineSymbols.suitable(in: ["LANG": "de_DE.UTF-8", "LC_ALL": "C"]) == .ascii)
        #expect(TimelineSymbols.suitable(in: ["LC_ALL": "", "LANG": "en_US.ISO-8859-1"]) == .ascii)
    }

    @Test func `tells how to look again in words that a shell reads back`() {
        var facts = Samples.facts
        #expect(AgainText.lines(for: "a.b", in: Samples.scenario("x/y", .notReached), of: facts).isEmpty)
        facts.request = RunRequest(evidence: "my reports/it's.ndjson")
        #expect(
            AgainText.lines(for: "a.b", in: Samples.scenario("x/y", .notReached), of: facts)
                == [#"judge again: hookassay judge 'my reports/it'\''s.ndjson' --scenario x/y --check a.b"#]
        )
        facts.request?.options = RunRequest.Options(dispatcher: "d.yaml", clock: "real")
        #expect(
            AgainText.lines(for: "a.b", in: Samples.scenario("x/y", .notReached), of: facts).last
                == "run again:   hookassay run Scenarios/x/y.yaml --seed 7 --dispatcher d.yaml --clock real"
        )
    }
}
