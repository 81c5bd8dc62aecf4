import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `The doctor` {
    @Test func `prints the table of what it proved and ends with 0`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.of(
                "hookassay",
                ["doctor", "--grep", "reset after 17 bytes of the body plain"],
                in: folder.path
            )
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.complaints == "")
            #expect(run.output.hasPrefix("Cut connections\n  asked for"))
            let rows = run.output.split(separator: "\n").filter { $0.contains("reset after 17 bytes of the body") }
            #expect(rows.count == 1, "\(run.output)")
            for row in rows { #expect(row.contains("real") && row.contains("RST after 82 bytes"), "\(row)") }
            #expect(run.output.contains("\nThis host\n"))
            #expect(run.output.contains("real, 0 not real, 0 not here, in "))
        }
    }

    @Test func `prints one JSON object`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.of(
                "hookassay",
                ["doctor", "--grep", "close after request plain", "--json"],
                in: folder.path
            )
            #expect(run.status == 0, "\(run.everything)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            #expect(Set(object.keys) == ["host", "proofs", "seconds"])
            let proofs = try #require(object["proofs"] as? [[String: Any]])
            #expect(proofs.count == 2)
            let proof = try #require(proofs.first)
            #expect(proof["verdict"] as? String == "real" && proof["over"] as? String == "plain")
            let receipts = try #require(proof["receipts"] as? [[String: Any]])
            #expect(receipts.first?["asked"] as? String == "fault close after request")
        }
    }

    @Test(
        arguments: [
            (["--grep", "no such fault"], "Error: no proof has 'no such fault' in its name"),
            (["--width", "0"], "Error: --width is a number from 1 to 64"),
        ] as [([String], String)]
    )
    func `ends with 64 and says what is wrong`(_ options: [String], _ message: String) async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.of("hookassay", ["doctor"] + options, in: folder.path)
            #expect(run.status == 64)
            #expect(run.complaints.hasPrefix(message), "\(run.complaints)")
        }
    }
}
