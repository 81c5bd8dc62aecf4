import Foundation
import ProgramRunning
import Testing

@Suite(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)), .timeLimit(.minutes(30)))
struct `The shipped suite, judged again` {
    @Test(arguments: ["claimable"])
    func `comes to the verdicts that the run came to, byte for byte`(_ provider: String) async throws {
        try await withTemporaryFolder { folder in
            let repository = BuiltPrograms.repository.path
            let run = try await ProgramRun.of(
                "hookassay",
                ["run", "Scenarios/\(provider)", "--out", folder.path, "--progress", "none"],
                in: repository,
                limit: .seconds(1500)
            )
            #expect([0, 1, 2].contains(run.status), "\(run.everything)")
            let again = folder.appending(path: "again")
            let judged = try await ProgramRun.of(
                "hookassay",
                ["judge", folder.appending(path: "evidence.ndjson").path, "--out", again.path],
                in: repository
            )
            #expect(judged.status == run.status, "\(judged.everything)")
            for file in ["verdicts.json", "TEST-hookassay.xml"] {
                #expect(try again.text(of: file) == folder.text(of: file), "\(file) differs")
            }
        }
    }
}
