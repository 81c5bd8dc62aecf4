import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A wrong command line` {
    @Test(
        arguments: [
            (["run", "shop", "--jobs", "0"], "Error: --jobs wants at least 1, not 0"),
            (["run", "shop", "--jobs", "three"], "Error: The value 'three' is invalid for '--jobs <jobs>'"),
            (["run", "shop", "--job", "3"], "Error: Unknown option '--job'. Did you mean '--jobs'?"),
            (["run", "shop", "--out", ""], "Error: --out wants the name of a folder"),
            (["run", "shop", "--progress", "loud"], "Error: The value 'loud' is invalid for '--progress <progress>'"),
            (["contract", "show", "shop", "--width", "20"], "Error: --width wants 60 to 400, not 20"),
            (["rum"], "Error: Unexpected argument 'rum'"),
        ] as [([String], String)]
    )
    func `ends with 64 and says what is wrong`(_ arguments: [String], _ message: String) async throws {
        try await Sitting.with { sitting in
            let run = try await ProgramRun.of("hookassay", arguments, in: sitting.folder.path)
            #expect(run.status == 64)
            #expect(run.complaints.hasPrefix(message), "\(run.complaints)")
            #expect(run.output == "")
            #expect(!sitting.folder.has("reports"))
        }
    }

    @Test func `may name a folder that cannot be made`() async throws {
        try await Sitting.with { sitting in
            try sitting.folder.write("", to: "taken")
            for out in ["taken", "taken/deeper"] {
                let run = try await sitting.hookassay("run", "shop", "--out", out)
                #expect(run.status == 3)
                #expect(
                    run.complaints
                        == "hookassay: cannot make the folder '\(out)': 'taken' is a file; name another with --out\n"
                )
            }
        }
    }

    @Test func `may lack room for the run's own files`() async throws {
        try await Sitting.with { sitting in
            let run = try await sitting.hookassay("run", "shop", environment: ["TMPDIR": "/proc"])
            #expect(run.status == 3)
            #expect(
                run.complaints
                    == "hookassay: cannot make a folder in '/proc': no such file or directory; name another with TMPDIR\n"
            )
        }
    }

    @Test func `may name a folder in which the reports cannot be written`() async throws {
        try await Sitting.with { sitting in
            try sitting.folder.write("", to: "reports/TEST-hookassay.xml/in-the-way")
            let run = try await sitting.hookassay("run", "shop", "--progress", "none")
            #expect(run.status == 3)
            #expect(run.complaints.hasPrefix("hookassay: cannot write 'reports/TEST-hookassay.xml': "))
            #expect(run.complaints.split(separator: "\n").count == 1, "\(run.complaints)")
            #expect(run.output.contains("1 scenario in "))
            try await sitting.expectNobodyLeft()
            try sitting.folder.write("", to: "other/evidence.ndjson/in-the-way")
            let other = try await sitting.hookassay("run", "shop", "--out", "other")
            #expect(other.status == 3)
            #expect(other.complaints.contains("other/evidence.ndjson"), "\(other.complaints)")
            #expect(!other.complaints.contains("Error Domain"))
        }
    }
}
