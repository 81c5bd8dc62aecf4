import Foundation
import ProgramRunning
import Testing

/// Recorded histories with the verdicts they must come to, judged without running anything.
///
/// `HOOKASSAY_REWRITE_GOLDEN=1` writes the verdicts anew; the tests then fail, so that nobody takes that for a proof.
@Suite(.timeLimit(.minutes(10)))
struct `Golden evidence` {
    private static let folder = BuiltPrograms.repository.appending(path: "Tests/Golden/evidence")
    private static let isRewriting = ProcessInfo.processInfo.environment["HOOKASSAY_REWRITE_GOLDEN"] == "1"

    /// The folders that hold evidence.
    static let names: [String] = {
        // A folder that cannot be listed has no histories, which the count below notices.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { folder.has("\($0)/evidence.ndjson") }.sorted()
    }()

    @Test(arguments: names)
    func `comes to the recorded verdicts, byte for byte`(_ name: String) async throws {
        let evidence = "\(name)/evidence.ndjson"
        let judged = try await ProgramRun.of(
            "hookassay",
            ["judge", evidence, "--format", "json"],
            in: Self.folder.path
        )
        #expect(!judged.complaints.contains("is not what it was"), "\(judged.complaints)")
        guard !Self.isRewriting else {
            try Self.folder.write(judged.output, to: "\(name)/verdicts.json")
            Issue.record("the verdicts of \(name) were written anew; look at them and run the tests without rewriting")
            return
        }
        let expected = try Self.folder.text(of: "\(name)/verdicts.json")
        #expect(judged.output == expected, "\(Self.difference(judged.output, expected)) \(judged.complaints)")
        #expect([0, 1, 2, 3].contains(judged.status))
    }

    @Test func `is of every provider, and some of it broken, doubtful or cut short`() throws {
        let verdicts = try Self.names.map { try Self.folder.text(of: "\($0)/verdicts.json") }
        #expect(Self.names.count >= 12)
        for provider in ["claimable", "contentspal", "jobber", "oneclickcontractor"] + ["siteservicesnow", "standard"] {
            #expect(Self.names.contains { $0.hasPrefix(provider) }, "there is none of \(provider)")
        }
        for outcome in ["violated", "inconclusive", "held", "unstated"] {
            #expect(verdicts.contains { $0.contains("\"outcome\" : \"\(outcome)\"") }, "none is \(outcome)")
        }
        #expect(verdicts.contains { $0.contains("\"incomplete\"") })
    }

    @Test(arguments: names)
    func `names no machine and no path of one`(_ name: String) throws {
        for file in ["evidence.ndjson", "verdicts.json"] {
            let text = try Self.folder.text(of: "\(name)/\(file)")
            for mark in ["/tmp/", "/work/", "/home/", "/root/", ".build", ProcessInfo.processInfo.hostName] {
                #expect(!text.contains(mark), "\(name)/\(file) has '\(mark)'")
            }
        }
    }

    private static func difference(_ found: String, _ expected: String) -> String {
        let pairs = zip(found.split(separator: "\n"), expected.split(separator: "\n")).enumerated()
        guard let first = pairs.first(where: { $0.element.0 != $0.element.1 }) else { return "one is longer;" }
        return "line \(first.offset + 1) is \(first.element.0), not \(first.element.1);"
    }
}
