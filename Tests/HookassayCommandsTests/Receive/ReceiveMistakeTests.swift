import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A mistake in what receive is asked for` {
    @Test(
        arguments: [
            (["x.yaml", "--script", "200"], "a receiver file and --script exclude each other"),
            (["--port", "65536"], "--port wants 0 to 65535, not 65536"),
            (["--control-port", "-1"], "Missing value for '--control-port <control-port>'"),
            (["--control-port", "70000"], "--control-port wants 0 to 65535, not 70000"),
            (["--no-page", "--control-port", "80"], "--no-page and --control-port exclude each other"),
            (["--exit-after", "0"], "--exit-after wants at least 1, not 0"),
            (["--for", "10"], "the duration '10' has no unit; write `10s` or `10m`, for example"),
            (["--for", "soon"], "'soon' is not a duration; "),
            (["--script", "200, 999"], "999 is no HTTP status"),
            (["--script", "rset"], "'rset' is neither a status nor a fault"),
            (["--ca-out", "ca.pem"], "--ca-out goes with --tls"),
            (["--variant", "x"], "--variant goes with --contract"),
            (["--secret", "env:X"], "--secret goes with --contract, which says how requests are signed"),
            (["--contract", "c.yaml", "--secret", "hunter2"], "The value '"),
            (["--target", "hooks"], "--target wants a path that begins with '/', without spaces, such as /hooks"),
            (["--target", "/a b"], "--target wants a path that begins with '/', without spaces, such as /hooks"),
            (["--host", ""], "--host wants an address, such as 127.0.0.1 or 0.0.0.0"),
            (["--out", ""], "--out wants the name of a file"),
            (["--pcap", ""], "--pcap wants the name of a file"),
            (["--json", "--color", "always"], "--json has no colours; leave out --color"),
            (["--color", "pink"], "The value 'pink' is invalid for '--color <color>'"),
        ] as [([String], String)]
    )
    func `ends with 64 before anything is opened`(_ arguments: [String], _ message: String) async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.of("hookassay", ["receive"] + arguments, in: folder.path)
            #expect(run.status == 64, "\(run.everything)")
            #expect(run.complaints.hasPrefix("Error: " + message), "\(run.complaints)")
            #expect(run.output == "")
        }
    }

    @Test(
        arguments: [
            ("receiver:\n  - respond: 200\n  - fault: rset\n", "f.yaml:3:12: error: "),
            ("receiver: 200\n", "f.yaml:1:11: error: "),
            ("reciever:\n  - respond: 200\n", "f.yaml:1:1: error: "),
            ("receiver:\n  - fault: expired\n", "f.yaml:2:"),
            ("receiver: [\n", "f.yaml:"),
            ("", "f.yaml: error: "),
        ] as [(String, String)]
    )
    func `in a file is pointed at, with 65`(_ text: String, _ message: String) async throws {
        try await withTemporaryFolder { folder in
            try folder.write(text, to: "f.yaml")
            let run = try await ProgramRun.of("hookassay", ["receive", "f.yaml", "--no-page"], in: folder.path)
            #expect(run.status == 65, "\(run.everything)")
            #expect(run.complaints.hasPrefix(message), "\(run.complaints)")
            #expect(run.complaints.contains("error: "))
            #expect(run.output == "")
        }
    }

    @Test(
        arguments: [
            (["missing.yaml"], 65, "missing.yaml: error: "),
            (["--script", "expired"], 64, "--script: error: `expired` needs TLS"),
            (["--script", "goaway", "--tls"], 64, "--script: error: `goaway` needs HTTP/2"),
            (["--contract", "nobody"], 4, "hookassay: there is no contract in 'Scenarios' here"),
            (["--contract", "missing.yaml"], 65, "missing.yaml: error: "),
            (["--out", "no/such/folder.ndjson"], 3, "hookassay: the receiver cannot go on: no/such/folder.ndjson: "),
            (["--tls", "--ca-out", "no/such/ca.pem"], 3, "hookassay: cannot write the authority's certificate to "),
            (["--host", "192.0.2.1"], 3, "hookassay: warning: listening on 192.0.2.1: "),
        ] as [([String], Int32, String)]
    )
    func `that shows itself later has the status of its kind`(
        _ arguments: [String],
        _ status: Int32,
        _ message: String
    ) async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.of("hookassay", ["receive", "--no-page"] + arguments, in: folder.path)
            #expect(run.status == status, "\(run.everything)")
            #expect(run.complaints.hasPrefix(message), "\(run.complaints)")
            #expect(run.complaints.split(separator: "\n").count <= 4, "\(run.complaints)")
        }
    }

    @Test func `about a secret says where it was looked for, and never what it is`() async throws {
        try await withTemporaryFolder { folder in
            let contract = BuiltPrograms.repository.appending(path: "Scenarios/jobber/contract.yaml").path
            try folder.write("hunter2", to: "short.txt")
            try folder.write("\n", to: "empty.txt")
            let mistakes: [(String, String)] = [
                (
                    "env:NOT_SET_HERE",
                    "hookassay: --secret: the environment variable NOT_SET_HERE is not set; set and export it\n"
                ),
                (
                    "file:missing",
                    "hookassay: --secret: the file 'missing' cannot be read; check the path and its rights\n"
                ),
                ("file:empty.txt", "hookassay: --secret: the file 'empty.txt' is empty; write the secret into it\n"),
                ("file:short.txt", "hookassay: the secret main.secret has fewer than 8 bytes; "),
            ]
            for (source, message) in mistakes {
                let run = try await ProgramRun.of(
                    "hookassay",
                    ["receive", "--no-page", "--contract", contract, "--secret", source],
                    in: folder.path
                )
                #expect(run.status == 64)
                #expect(run.complaints.hasPrefix(message), "\(run.complaints)")
                #expect(!run.everything.contains("hunter2"))
            }
            try folder.write("receiver: [{ respond: 200 }]\n", to: "plain.yaml")
            let pointless = try await ProgramRun.of(
                "hookassay",
                ["receive", "plain.yaml", "--secret", "file:short.txt"],
                in: folder.path
            )
            #expect(pointless.status == 64)
            #expect(pointless.complaints.hasPrefix("hookassay: --secret goes with a contract, and the file names none"))
        }
    }

    @Test func `can be a port that somebody else has`() async throws {
        let taken = try #require(OccupiedPort())
        try await withTemporaryFolder { folder in
            for arguments in [["--no-page", "--port"], ["--control-port"]] {
                let run = try await ProgramRun.of(
                    "hookassay",
                    ["receive"] + arguments + ["\(taken.number)"],
                    in: folder.path
                )
                #expect(run.status == 3, "\(run.everything)")
                #expect(run.complaints.hasPrefix("hookassay: the receiver cannot go on: "), "\(run.complaints)")
                #expect(run.complaints.split(separator: "\n").count == 1, "\(run.complaints)")
            }
        }
    }
}
