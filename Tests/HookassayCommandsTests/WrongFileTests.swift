import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A wrong file` {
    @Test func `with broken syntax is shown with the place and a caret`() async throws {
        try await Sitting.with(["syntax": Shop.wrongSyntax]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 65)
            let expected = """
                shop/syntax — not readable
                  shop/syntax.yaml:1:11: error: this is not closed before the end of the file (while scanning a quoted scalar)
                   1 | scenario: "Unclosed
                     |           ^
                     = help: close the quotes or brackets
                """
            #expect(run.output.hasPrefix(expected), "\(run.everything)")
            #expect(run.output.contains("1 file wrong\nreports: reports/TEST-hookassay.xml, reports/evidence.ndjson\n"))
            #expect(run.complaints == "")
            #expect(try sitting.report().contains("shop/syntax.yaml:1:11: error: this is not closed"))
        }
    }

    @Test func `with several mistakes is shown with all of them, and what was meant`() async throws {
        let text = Shop.good.replacing("receiver:", with: "reciever:").replacing("5s", with: "5")
        try await Sitting.with(["keys": text]) { sitting in
            let run = try await sitting.hookassay("run", "shop/keys.yaml")
            #expect(run.status == 65)
            let expected = """
                shop/keys — not readable
                  shop/keys.yaml:1:1: error: a scenario needs the key `receiver`
                   1 | scenario: An accepted event arrives
                     | ^
                     = help: add `receiver:`
                  shop/keys.yaml:2:1: error: `reciever` is not a key of a scenario
                   2 | reciever:
                     | ^
                     = help: did you mean `receiver`?
                  shop/keys.yaml:7:12: error: `quiet`: the duration '5' has no unit
                   7 |   - quiet: 5
                     |            ^
                     = help: write `5s` or `5m`, for example
                """
            #expect(run.output.hasPrefix(expected), "\(run.everything)")
        }
    }

    @Test func `names an event that the contract does not have`() async throws {
        try await Sitting.with(["event": Shop.good.replacing("order.placed", with: "order.placd")]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 65)
            #expect(run.output.contains("shop/event.yaml:5:11: error: "), "\(run.everything)")
            #expect(run.output.contains("did you mean `order.placed`?"), "\(run.everything)")
        }
    }

    @Test func `may be a contract that contradicts itself`() async throws {
        let contract = Shop.contract.replacing("exactly 1", with: "exactly 3")
        try await Sitting.with(contract: contract) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 65)
            let line = contract.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
                $0.contains("guarantee:")
            }
            let place = "shop/contract.yaml:\(try #require(line) + 1):1"
            #expect(
                run.output.contains(
                    "\(place): error: the guarantee is best effort, but failed deliveries are tried again"
                ),
                "\(run.everything)"
            )
            #expect(run.output.contains("= help: write `bounded retries`, or correct `retry`"))
            let lint = try await sitting.hookassay("contract", "lint", "shop/contract.yaml")
            #expect(lint.status == 65)
            #expect(lint.complaints.contains("\(place): error: the guarantee is best effort"))
        }
    }

    @Test func `that is not there is named`() async throws {
        let text = Shop.good.replacing("receiver:", with: "contract: nowhere/contract.yaml\nreceiver:")
        try await Sitting.with(["orphan": text]) { sitting in
            let contract = try await sitting.hookassay("run", "shop")
            #expect(contract.status == 65)
            #expect(
                contract.output.contains(
                    "  shop/nowhere/contract.yaml: error: there is no such file\n     = help: check the path"
                ),
                "\(contract.everything)"
            )
            let scenario = try await sitting.hookassay("run", "shop/nothing.yaml")
            #expect(scenario.status == 65)
            #expect(
                scenario.complaints == """
                    shop/nothing.yaml: error: no such file or folder
                       = help: give the path of a scenario file or of a folder of them

                    """
            )
            let dispatcher = try await sitting.hookassay("run", "shop", "--dispatcher", "nowhere/dispatcher.yaml")
            #expect(dispatcher.status == 65)
            #expect(
                dispatcher.complaints == """
                    nowhere/dispatcher.yaml: error: there is no such file
                       = help: check the path

                    """
            )
        }
    }

    @Test func `may be the dispatcher's description`() async throws {
        try await Sitting.with { sitting in
            try sitting.folder.write(
                "dispatcher: D\nstart: { comand: [sh] }\nready: { line: ready, within: 5 }\nemit: { command: [sh] }\n",
                to: "wrong.yaml"
            )
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "wrong.yaml")
            #expect(run.status == 65)
            #expect(run.complaints.contains("wrong.yaml:2:10: error: `comand` is not a key"), "\(run.complaints)")
            #expect(run.complaints.contains("= help: did you mean `command`?"), "\(run.complaints)")
            #expect(run.complaints.contains("wrong.yaml:3:31: error: `within`: the duration '5' has no unit"))
            #expect(!sitting.folder.has("reports"))
        }
    }

    @Test func `does not keep a good one from being judged`() async throws {
        try await Sitting.with(["good": Shop.good, "syntax": Shop.wrongSyntax]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 65, "\(run.everything)")
            #expect(run.complaints.contains("[1/1] HELD shop/good ("), "\(run.everything)")
            let report = try sitting.report()
            #expect(report.contains(#"name="shop/good: "#))
            #expect(report.contains(#"<error type="scenario.broken""#))
            #expect(report.contains("[delivery.arrives]"))
            // Both are of one provider, although only one of the files could say so.
            #expect(run.output.contains("\nShop              2"), "\(run.output)")
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `is not weighed against a broken promise`() async throws {
        try await Sitting.with(["good": Shop.good, "syntax": Shop.wrongSyntax]) { sitting in
            let description = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml").replacing(
                "- \"{programs}/webhook-dispatcher\"\n",
                with: "- \"{programs}/mutant-dispatcher\"\n    - --mutant=sends-get\n"
            )
            try sitting.folder.write(description, to: "liar.yaml")
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "liar.yaml")
            #expect(run.status == 1, "\(run.everything)")
            #expect(run.output.contains("VIOLATED request.method-and-target"), "\(run.output)")
            #expect(run.output.contains("1 file wrong"))
        }
    }
}
