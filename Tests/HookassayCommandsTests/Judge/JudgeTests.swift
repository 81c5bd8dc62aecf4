import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `Judging a run again` {
    @Test func `comes to the same verdicts, the same reports and the same status`() async throws {
        try await Sitting.with(["good": Shop.good, "again": Shop.good, "wrong": Shop.wrongSyntax]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            let judged = try await sitting.hookassay("judge", "reports/evidence.ndjson", "--out", "judged")
            #expect(run.status == 65, "\(run.everything)")
            #expect(judged.status == run.status, "\(judged.everything)")
            let summary = run.output.split(separator: "\n").dropLast()
            #expect(judged.output.split(separator: "\n").dropLast() == summary)
            #expect(judged.complaints == "")
            for file in ["TEST-hookassay.xml", "verdicts.json"] {
                #expect(try sitting.folder.text(of: "judged/\(file)") == sitting.folder.text(of: "reports/\(file)"))
            }
        }
    }

    @Test func `finds what the run found broken, and names the check alone that was asked for`() async throws {
        try await Sitting.with { sitting in
            let description = try BuiltPrograms.repository.text(of: "Scenarios/dispatchers/reference.yaml").replacing(
                "- \"{programs}/webhook-dispatcher\"\n",
                with: "- \"{programs}/mutant-dispatcher\"\n    - --mutant=sends-get\n"
            )
            try sitting.folder.write(description, to: "liar.yaml")
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "liar.yaml")
            #expect(run.status == 1, "\(run.everything)")
            let all = try await sitting.hookassay("judge", "reports/evidence.ndjson")
            #expect(all.status == 1, "\(all.everything)")
            let one = try await sitting.hookassay(
                "judge",
                "reports/evidence.ndjson",
                "--check",
                "request.method-and-target",
                "--format",
                "json"
            )
            #expect(one.status == 1, "\(one.everything)")
            #expect(one.output.matches(of: /"check" : "/).count == 1, "\(one.output)")
            let kept = "secrets.not-in-output"
            let other = try await sitting.hookassay("judge", "reports/evidence.ndjson", "--check", kept)
            #expect(other.status == 0, "\(other.everything)")
        }
    }

    @Test func `judges what a killed run left as far as it goes, and says what is missing`() async throws {
        try await Sitting.with { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            let lines = try sitting.folder.text(of: "reports/evidence.ndjson").split(separator: "\n")
            let arrived = try #require(lines.firstIndex { $0.contains(#""type":"attempt.ended""#) })
            let cut = lines[...arrived].joined(separator: "\n") + "\n" + lines[arrived + 1].prefix(20)
            try sitting.folder.write(cut, to: "reports/evidence.ndjson")
            let judged = try await sitting.hookassay("judge", "reports/evidence.ndjson")
            #expect(judged.status == 3, "\(judged.everything)")
            #expect(judged.output.contains("FAILED harness: the evidence ends before the scenario does"))
            #expect(judged.complaints.contains("line \(arrived + 2) was not finished when the run was killed"))
            #expect(judged.complaints.contains("the run did not come to its end"))
        }
    }

    @Test func `says so when a file is not what it was, and not when another contract is meant`() async throws {
        try await Sitting.with { sitting in
            _ = try await sitting.hookassay("run", "shop")
            let newer = Shop.contract.replacing("says: POST", with: "says: PUT")
            try sitting.folder.write(newer, to: "shop/contract.yaml")
            let judged = try await sitting.hookassay("judge", "reports/evidence.ndjson")
            #expect(judged.status == 1, "\(judged.everything)")
            #expect(judged.complaints.contains("the contract 'shop/contract.yaml' is not what it was"))
            let meant = try await sitting.hookassay(
                "judge",
                "reports/evidence.ndjson",
                "--contract",
                "shop/contract.yaml"
            )
            #expect(meant.status == 1, "\(meant.everything)")
            #expect(meant.complaints == "")
        }
    }

    @Test func `finds the files beside the evidence when they are not where they were`() async throws {
        try await Sitting.with { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            let kept = sitting.folder.appending(path: "kept")
            try FileManager.default.moveItem(at: sitting.folder.appending(path: "reports"), to: kept)
            try FileManager.default.moveItem(
                at: sitting.folder.appending(path: "shop"),
                to: kept.appending(path: "shop")
            )
            let judged = try await sitting.hookassay("judge", "kept/evidence.ndjson", "--format", "json")
            #expect(judged.status == 0, "\(judged.everything)")
            #expect(try judged.output == sitting.folder.text(of: "kept/verdicts.json"))
            try FileManager.default.removeItem(at: kept.appending(path: "shop"))
            let lost = try await sitting.hookassay("judge", "kept/evidence.ndjson")
            #expect(lost.status == 65, "\(lost.everything)")
            #expect(lost.complaints.contains("the scenario of shop/good, 'shop/good.yaml', is not there; judge in"))
        }
    }

    @Test(
        arguments: [
            ("", "the file is empty"),
            ("{\"hello\": 1}\n", "this is not an evidence log"),
            (#"{"type":"run.opened","format":99}"# + "\n", "the log has format 99, and this version reads up to 1"),
        ]
    )
    func `refuses what is no evidence with one sentence`(_ text: String, _ why: String) async throws {
        try await withTemporaryFolder { folder in
            try folder.write(text, to: "e.ndjson")
            let judged = try await ProgramRun.of("hookassay", ["judge", "e.ndjson"], in: folder.path)
            #expect(judged.status == 65, "\(judged.everything)")
            #expect(judged.complaints.hasPrefix("hookassay: e.ndjson"), "\(judged.complaints)")
            #expect(judged.complaints.contains(why), "\(judged.complaints)")
            #expect(judged.complaints.split(separator: "\n").count == 1)
        }
    }

    @Test(
        arguments: [
            (["--check", "retry.atempts"], "did you mean 'retry.attempts'?"),
            (["--tolerance", "5"], "--tolerance"),
            (["--tolerance", "-2%/+1s"], "--tolerance"),
        ]
    )
    func `refuses what makes no sense`(_ arguments: [String], _ why: String) async throws {
        let judged = try await ProgramRun.of("hookassay", ["judge", "e.ndjson"] + arguments)
        #expect(judged.status == 64, "\(judged.everything)")
        #expect(judged.complaints.contains(why), "\(judged.complaints)")
    }

    @Test func `knows the scenarios of the run`() async throws {
        try await Sitting.with { sitting in
            _ = try await sitting.hookassay("run", "shop")
            let judged = try await sitting.hookassay("judge", "reports/evidence.ndjson", "--scenario", "shop/godo")
            #expect(judged.status == 65, "\(judged.everything)")
            #expect(judged.complaints.contains("there is no scenario 'shop/godo' in it; it has shop/good"))
        }
    }
}
