import DeliveryEvidence
import Foundation
import Testing

/// What happens when records come faster than they are written: the file is a pipe, and nobody reads from it at first.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct `Pace of the evidence log` {
    private static let large = [UInt8](repeating: UInt8(ascii: "x"), count: 30_000)
    private static let limits = EvidenceLimits(behindBytes: 200_000, keptBytes: 0)

    private static func record(_ count: Int, to sink: any EvidenceSink) {
        for number in 1...count {
            let event = EvidenceEvent.attemptArrived(EvidenceSamples.attempt(number, body: large))
            sink.record(event, at: Stamp(nanoseconds: Int64(number)))
        }
    }

    /// Waits for the sink to have caught up, for a minute at most: whoever is never called back would wait for ever.
    private static func catchesUp(_ sink: any EvidenceSink) async -> Bool {
        let isDone = Flag()
        Task {
            await sink.caughtUp()
            isDone.raise()
        }
        return await isDone.isRaised(within: .seconds(600))
    }

    @Test func `is not behind while little waits, and calls back at once`() async throws {
        try await withTemporaryFolder { folder in
            try await withEvidenceLog(path: folder + "/evidence.ndjson") { log in
                let sink = log.sink(for: "p/a")
                sink.record(.stepEnded(StepEnded(step: 1)), at: Stamp(nanoseconds: 1))
                let called = Flag()
                #expect(!sink.isBehind)
                sink.whenCaughtUp { called.raise() }
                #expect(called.isRaised)
            }
        }
    }

    // The writer stands in its `write` while the test reads: that takes two threads of the cooperative pool.
    @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "needs two cores"))
    func `is behind while much waits, and calls everybody back once it is written`() async throws {
        try await withUnreadPipe { pipe in
            try await withEvidenceLog(path: pipe.path, limits: Self.limits) { log in
                let sink = log.sink(for: "p/a")
                Self.record(20, to: sink)
                #expect(sink.isBehind)
                let flags = [Flag(), Flag(), Flag()]
                for flag in flags { sink.whenCaughtUp { flag.raise() } }
                #expect(flags.allSatisfy { !$0.isRaised })
                #expect(try await pipe.read(untilLines: 20) > 20 * Self.large.count)
                #expect(await Self.catchesUp(sink))
                #expect(!sink.isBehind)
                #expect(flags.allSatisfy { $0.isRaised })
                #expect(log.dropped == 0)
                // A log that has caught up can fall behind again.
                Self.record(20, to: sink)
                #expect(sink.isBehind)
                _ = try await pipe.read(untilLines: 20)
                #expect(await Self.catchesUp(sink))
            }
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func `holds nobody back when it cannot write any more`() async throws {
        try await withEvidenceLog(path: "/dev/full", limits: Self.limits) { log in
            let sink = log.sink(for: "p/a")
            Self.record(20, to: sink)
            #expect(await Self.catchesUp(sink))
            await log.flush()
            #expect(!sink.isBehind)
            #expect(log.failure != nil)
            #expect(log.dropped == 20)
            Self.record(20, to: sink)
            #expect(!sink.isBehind)
            #expect(log.dropped == 40)
        }
    }

    @Test func `keeps nothing when it is told so, and does not claim that nothing happened`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            try await withEvidenceLog(path: path, limits: EvidenceLimits(keptBytes: 0)) { log in
                Self.record(5, to: log.sink(for: "p/a"))
                #expect(log.records(of: "p/a").isEmpty)
                #expect(log.history(of: "p/a").attempts.isEmpty)
                #expect(log.history(of: "p/a").dropped == 5)
                #expect(log.dropped == 0)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 5)
        }
    }

    @Test func `counts what comes after its end as dropped`() async throws {
        try await withTemporaryFolder { folder in
            let log = try await withEvidenceLog(path: folder + "/e", limits: Self.limits) { $0 }
            Self.record(20, to: log.sink(for: "p/a"))
            #expect(log.dropped == 20)
            #expect(!log.sink(for: "p/a").isBehind)
        }
    }

    @Test func `goes on writing when the run was cancelled, so that nobody waits for ever`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            let run = Task {
                try await withEvidenceLog(path: path, limits: EvidenceLimits(behindBytes: 0)) { log in
                    let sink = log.sink(for: nil)
                    while !Task.isCancelled { await Task.yield() }
                    var rounds = 0
                    for number in 1...20 {
                        sink.record(.evidenceDropped(EvidenceDropped(count: number)), at: Stamp(nanoseconds: 2))
                        guard await Self.catchesUp(sink) else { break }
                        rounds += 1
                    }
                    return rounds
                }
            }
            run.cancel()
            let rounds = try await run.value
            #expect(rounds == 20)
        }
    }

    @Test func `keeps the order of records that are written in different ways`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            let count = 3000
            try await withEvidenceLog(path: path, limits: EvidenceLimits(keptBytes: 0)) { log in
                let sink = log.sink(for: nil)
                sink.record(.runOpened(EvidenceSamples.runOpened), at: Stamp(nanoseconds: 0))
                for number in 2...count {
                    let stamp = Stamp(nanoseconds: Int64(number))
                    switch number % 100 {
                    case 0: sink.record(.runClosed(RunClosed(interrupted: false)), at: stamp)
                    case 1...3: sink.record(.hostStalled(HostStalled(began: stamp)), at: stamp)
                    case 50:
                        let body = Self.large + Self.large + Self.large
                        sink.record(.attemptArrived(EvidenceSamples.attempt(1, body: body)), at: stamp)
                    default:
                        let body = Array(Self.large.prefix(1000))
                        sink.record(.attemptArrived(EvidenceSamples.attempt(1, body: body)), at: stamp)
                    }
                }
            }
            var expected = 0
            let notes = try EvidenceReader.forEachRecord(path: path) { record in
                expected += 1
                #expect(record.sequence == expected)
                #expect(record.at.nanoseconds == (expected == 1 ? 0 : Int64(expected)))
            }
            #expect(notes.isEmpty)
            #expect(expected == count)
        }
    }
}
