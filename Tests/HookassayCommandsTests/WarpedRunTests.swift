import DeliveryEvidence
import Foundation
import Glibc
import ProgramRunning
import Testing

@Suite(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)), .timeLimit(.minutes(20)))
struct `A run under the warped clock` {
    private static let patient = Shop.warped.replacing("  - quiet", with: "  - wait: 30h\n  - quiet")

    @Test func `passes a day and more in a moment, and says by which clock`() async throws {
        try await Sitting.with(["patient": Self.patient]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.output.contains(/clock: warped by (trace|preload)/), "\(run.output)")
            #expect(try sitting.report().contains(/"hookassay.clock" value="warped:(trace|preload)"/))
            let history = try #require(try sitting.evidence().histories.first)
            let virtual = try #require(history.span)
            let real = try #require(history.realSpan)
            #expect(virtual.upperBound - virtual.lowerBound >= .seconds(30 * 3600))
            #expect(real.upperBound - real.lowerBound < .seconds(3600))
            #expect(history.clock.exactJumps > 0 && history.clock.forcedSteps == 0)
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `takes each scenario by the clock it names`() async throws {
        try await Sitting.with(["patient": Self.patient, "good": Shop.good]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            let clocks = try sitting.evidence().histories.map { ($0.scenario, $0.clock.isWarped) }
            #expect(Dictionary(uniqueKeysWithValues: clocks) == ["shop/patient": true, "shop/good": false])
        }
    }

    @Test func `tells that nothing will ever happen when that is so`() async throws {
        try await Sitting.with(["good": Shop.warped]) { sitting in
            try sitting.write(dispatcher: "deaf", script: "echo ready; exec sleep infinity")
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "deaf.yaml")
            #expect(run.status == 1 || run.status == 2, "\(run.everything)")
            let history = try #require(try sitting.evidence().histories.first)
            #expect(!history.clock.idle.isEmpty)
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `ends a scenario in which everything waits for ever, and says who waits for what`() async throws {
        try await Sitting.with(["good": Shop.warped]) { sitting in
            try sitting.folder.write(
                """
                dispatcher: D
                start: { command: [sh, -c, "echo ready; exec sleep infinity"] }
                ready: { line: ready }
                emit: { command: [sleep, infinity] }
                """,
                to: "endless.yaml"
            )
            let run = try await sitting.hookassay("run", "shop", "--dispatcher", "endless.yaml")
            #expect(run.status == 3, "\(run.everything)")
            let why =
                "FAILED clock: the warped clock came to a standstill: nothing will ever happen; who waits for what: 'sleep'"
            #expect(run.output.contains(why), "\(run.output)")
            #expect(!run.output.contains("interrupted"), "\(run.output)")
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `ends what it started when it is interrupted`() async throws {
        try await Sitting.with(["good": Shop.warped]) { sitting in
            // It never waits, so the clock never moves and the run goes on until somebody ends it.
            try sitting.write(dispatcher: "busy", script: "echo ready; while :; do :; done")
            try sitting.folder.write("", to: "tmp/.keep")
            let work = sitting.folder.appending(path: "tmp")
            let run = try await sitting.hookassay(
                "run",
                "shop",
                "--dispatcher",
                "busy.yaml",
                environment: ["TMPDIR": work.path]
            ) { processID in
                let deadline = ContinuousClock.now + .seconds(100)
                while !Self.evidence(below: work).contains("dispatcher.ready"), ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(20))
                }
                kill(processID, SIGINT)
            }
            #expect(run.status == 130, "\(run.everything)")
            #expect(run.output.contains("FAILED harness: the run was interrupted"), "\(run.output)")
            #expect(try sitting.evidence().closed?.interrupted == true)
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `steps over a program that spins, and counts the steps`() async throws {
        let spinning = "curl -s $HOOK_URL & while kill -0 $! 2>/dev/null; do :; done"
        let run = try await ProgramRun.of(
            "hookassay",
            ["clock", "--json", "--script", "200 after 10s", "--", "sh", "-c", spinning]
        )
        #expect(run.status == 0, "\(run.everything)")
        let forced = try #require(run.output.firstMatch(of: /"forced":(\d+)/)?.1)
        #expect(try #require(Int(forced)) > 0)
        let answered = try #require(run.output.firstMatch(of: /"answered":([\d.]+)/)?.1)
        #expect(try #require(Double(answered)) >= 10)
    }

    @Test func `prints what a program does by the virtual clock`() async throws {
        let run = try await ProgramRun.of(
            "hookassay",
            [
                "clock", "--script", "503, 200", "--", "sh", "-c",
                "curl -s $HOOK_URL; sleep 300; curl -s $HOOK_URL; echo done",
            ]
        )
        #expect(run.status == 0, "\(run.everything)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("clock: warped by ") == true)
        #expect(lines.contains { $0.contains(/^0:05:00\.\d{3}  attempt 2 answered 200$/) }, "\(run.output)")
        #expect(lines.contains { $0.contains(/^0:05:00\.\d{3}    \| done$/) }, "\(run.output)")
        #expect(lines.last?.hasPrefix("5m") == true, "\(run.output)")
    }

    @Test(
        arguments: [
            (["clock"], "name the program after `--`"),
            (["clock", "--horizon", "soon", "--", "true"], "soon"),
            (["clock", "--script", "2OO", "--", "true"], "'2OO' is neither a status nor a fault"),
            (["clock", "--engine", "fast", "--", "true"], "trace"),
        ] as [([String], String)]
    )
    func `refuses what makes no sense, and says why`(_ arguments: [String], _ why: String) async throws {
        let run = try await ProgramRun.of("hookassay", arguments)
        #expect(run.status == 64, "\(run.everything)")
        #expect(run.complaints.contains(why), "\(run.complaints)")
    }

    /// What the worker of a run has recorded so far.
    private static func evidence(below folder: URL) -> String {
        // Files come and go while the run goes on.
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return paths.filter { $0.hasSuffix(".ndjson") }.compactMap { try? folder.text(of: $0) }.joined()
    }
}
