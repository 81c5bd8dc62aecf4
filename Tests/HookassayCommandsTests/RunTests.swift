import DeliveryEvidence
import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A run in which all is well` {
    @Test func `ends with 0, a table and reports`() async throws {
        try await Sitting.with { sitting in
            let run = try await sitting.hookassay("run", "shop/good.yaml")
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.output.hasPrefix("provider  scenarios  held  violated  inconclusive  unstated  skipped\nShop "))
            #expect(run.output.contains(" (clock: real): "))
            #expect(run.output.hasSuffix("\nreports: reports/TEST-hookassay.xml, reports/evidence.ndjson\n"))
            #expect(run.complaints.hasPrefix("[1/1] HELD shop/good ("))
            #expect(try sitting.report().contains(#"name="shop/good: An accepted event arrives""#))
            let evidence = try sitting.evidence()
            #expect(evidence.closed?.interrupted == false)
            #expect(evidence.histories.map(\.scenario) == ["shop/good"])
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `shows no progress when none is wanted`() async throws {
        try await Sitting.with { sitting in
            let run = try await sitting.hookassay("run", "shop", "--progress", "none")
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.complaints == "")
        }
    }

    @Test func `does not meet another one that goes on at the same time`() async throws {
        try await Sitting.with(["good": Shop.good, "again": Shop.good]) { sitting in
            async let first = sitting.hookassay("run", "shop", "--out", "first", "--seed", "1")
            async let second = sitting.hookassay("run", "shop", "--out", "second/deeper", "--seed", "2")
            let runs = try await [first, second]
            #expect(runs.map(\.status) == [0, 0], "\(runs.map(\.everything))")
            for (out, seed) in [("first", 1), ("second/deeper", 2)] as [(String, UInt64)] {
                let evidence = try sitting.evidence(out)
                #expect(evidence.opened.seed == seed)
                #expect(evidence.histories.map(\.scenario).sorted() == ["shop/again", "shop/good"])
                #expect(evidence.histories.allSatisfy { $0.dropped == 0 })
                #expect(try sitting.report(out).contains(#"name="seed" value="\#(seed)""#))
                try await sitting.expectNobodyLeft(out)
            }
        }
    }

    @Test func `never tells a secret, even of a program that does`() async throws {
        let guarded = Shop.unheard.replacing("receiver:", with: "endpoint: { auth: basic }\nreceiver:")
        try await Sitting.with(["good": guarded]) { sitting in
            try sitting.folder.write(
                """
                dispatcher: Blabber
                emit: { command: [sh, -c, "echo the secret is $0; echo $1 >&2; exit 1", "{secret}", "{user}:{password}"] }
                """,
                to: "blabber.yaml"
            )
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "blabber.yaml")
            let evidence = try sitting.folder.text(of: "reports/evidence.ndjson")
            #expect(evidence.contains("the secret is {{secret:main.secret}}"), "\(evidence)")
            #expect(evidence.contains("{{secret:main.password}}"), "\(evidence)")
            for text in [run.everything, try sitting.report(), evidence] {
                #expect(!text.contains("whsec_"))
                #expect(!text.contains("pé:"))
            }
        }
    }

    @Test func `stops at the first broken promise when it is to`() async throws {
        try await Sitting.with(["a": Shop.good, "b": Shop.good, "c": Shop.good]) { sitting in
            let description = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml").replacing(
                "- \"{programs}/webhook-dispatcher\"\n",
                with: "- \"{programs}/mutant-dispatcher\"\n    - --mutant=sends-get\n"
            )
            try sitting.folder.write(description, to: "liar.yaml")
            let run = try await sitting.hookassay(
                "run",
                "shop",
                "--dispatcher",
                "liar.yaml",
                "--jobs",
                "1",
                "--fail-fast"
            )
            #expect(run.status == 1, "\(run.everything)")
            #expect(run.output.contains("2 not reached"), "\(run.output)")
            #expect(try sitting.evidence().histories.count { $0.began != nil } == 1)
        }
    }
}
