import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `Lists and checks` {
    private static let shipped = Sitting(folder: BuiltPrograms.repository)
    private static let slugs = [
        "claimable", "contentspal", "exemplar", "jobber", "oneclickcontractor", "siteservicesnow", "standard-webhooks",
    ]

    @Test func `show every shipped contract`() async throws {
        let list = try await Self.shipped.hookassay("contract", "list")
        #expect(list.status == 0)
        let slugs = list.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        #expect(slugs == Self.slugs)
        #expect(list.output.contains(/ContentsPal +3 events, \d+ stated, \d+ none, \d+ inferred, \d+ unstated\n/))
        let lint = try await Self.shipped.hookassay("contract", "lint")
        #expect(lint.status == 0, "\(lint.everything)")
        #expect(lint.output == "7 contracts are complete and without contradictions\n")
    }

    @Test func `show one contract by its name, no wider than asked`() async throws {
        let run = try await Self.shipped.hookassay("contract", "show", "contentspal", "--width", "80")
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("ContentsPal (contentspal): 3 events, "))
        #expect(run.output.contains("\n  method "))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("reference: ") })
        #expect(run.output.contains("unstated"))
    }

    @Test func `know a contract's name when it is misspelt`() async throws {
        let run = try await Self.shipped.hookassay("contract", "show", "contentpal")
        #expect(run.status == 65)
        #expect(run.complaints == "hookassay: no contract 'contentpal'; did you mean 'contentspal'?\n")
        let unlike = try await Self.shipped.hookassay("contract", "lint", "xyz")
        #expect(unlike.status == 65)
        #expect(
            unlike.complaints
                == "hookassay: no contract 'xyz'; there are: \(Self.slugs.joined(separator: ", "))\n"
        )
        let variant = try await Self.shipped.hookassay("contract", "show", "jobber", "--variant", "era-x")
        #expect(variant.status == 65)
        #expect(variant.complaints.contains("Scenarios/jobber/contract.yaml: error: there is no variant 'era-x'"))
    }

    @Test func `say when there is no contract here`() async throws {
        try await Sitting.with { sitting in
            for arguments in [["contract", "list"], ["contract", "lint"], ["contract", "show", "shop"]] {
                let run = try await ProgramRun.of("hookassay", arguments, in: sitting.folder.path)
                #expect(run.status == 4)
                #expect(run.output == "")
                #expect(run.complaints.hasPrefix("hookassay: there is no contract in 'Scenarios' here; "))
            }
            let path = try await sitting.hookassay("contract", "lint", "shop/contract.yaml")
            #expect(path.status == 0, "\(path.everything)")
            #expect(path.output == "1 contract is complete and without contradictions\n")
        }
    }

    @Test func `find every shipped scenario well written`() async throws {
        let run = try await Self.shipped.hookassay("scenario", "lint")
        #expect(run.status == 0, "\(run.everything)")
        let count = try #require(run.output.firstMatch(of: /^(\d+) scenarios are well written\n$/))
        let list = try await Self.shipped.hookassay("scenario", "list")
        #expect(list.status == 0)
        #expect(list.output.split(separator: "\n").count == Int(count.output.1))
        #expect(list.output.contains(/(?m)^contentspal\/accepted +≈ \S+  \S/))
        for slug in Self.slugs {
            let own = list.output.split(separator: "\n").count { $0.hasPrefix(slug + "/") }
            #expect(own >= 8, "\(slug) has \(own) scenarios")
        }
    }

    @Test func `tell a scenario's time by its own clock, and its title`() async throws {
        try await Sitting.with(["good": Shop.good, "late": Shop.warped]) { sitting in
            let run = try await sitting.hookassay("scenario", "list", "shop")
            #expect(run.status == 0)
            #expect(
                run.output == """
                    shop/good  ≈ 7s  An accepted event arrives
                    shop/late  ≈ 7s  An accepted event arrives

                    """
            )
            let lint = try await sitting.hookassay("scenario", "lint", "shop/good.yaml")
            #expect(lint.output == "1 scenario is well written\n")
        }
    }

    @Test func `show the good ones and what is wrong with the others`() async throws {
        try await Sitting.with(["good": Shop.good, "syntax": Shop.wrongSyntax]) { sitting in
            for command in ["list", "lint"] {
                let run = try await sitting.hookassay("scenario", command, "shop")
                #expect(run.status == 65)
                #expect(run.output.contains("shop/good") == (command == "list"))
                #expect(
                    run.complaints == """
                        shop/syntax.yaml:1:11: error: this is not closed before the end of the file (while scanning a quoted scalar)
                         1 | scenario: "Unclosed
                           |           ^
                           = help: close the quotes or brackets

                        """
                )
            }
        }
    }

    @Test func `of nothing end with 4`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("", to: "empty/.keep")
            for command in ["list", "lint"] {
                let run = try await ProgramRun.of("hookassay", ["scenario", command, "empty"], in: folder.path)
                #expect(run.status == 4)
                #expect(run.complaints == "hookassay: there is no scenario here\n")
            }
        }
    }
}
