import DeliveryEvidence
import Foundation
import Testing

@Suite struct `Evidence log` {
    private static let opened = EvidenceEvent.runOpened(EvidenceSamples.runOpened)

    @Test(.timeLimit(.minutes(20)))
    func `keeps ten thousand records of many writers, each writer's in order`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            let writers = 10
            let each = 1000
            try await withEvidenceLog(path: path) { log in
                log.sink(for: nil).record(Self.opened, at: Stamp(nanoseconds: 0))
                await withTaskGroup(of: Void.self) { group in
                    for writer in 0..<writers {
                        let sink = log.sink(for: "p/\(writer)")
                        group.addTask {
                            for step in 1...each {
                                sink.record(.stepEnded(StepEnded(step: step)), at: Stamp(nanoseconds: Int64(step)))
                            }
                        }
                    }
                }
                #expect(log.records(of: "p/3").count == each)
                #expect(log.failure == nil)
                #expect(log.dropped == 0)
            }
            var sequences: [Int] = []
            var steps: [String: [Int]] = [:]
            let notes = try EvidenceReader.forEachRecord(path: path) { record in
                sequences.append(record.sequence)
                if case .stepEnded(let ended) = record.event {
                    steps[record.scenario ?? "", default: []].append(ended.step)
                }
            }
            #expect(notes.isEmpty)
            #expect(sequences == Array(1...(writers * each + 1)))
            #expect(steps.count == writers)
            #expect(steps.values.allSatisfy { $0 == Array(1...each) })
        }
    }

    @Test func `gives the history of a scenario while the run goes on, and forgets it on release`() async throws {
        try await withTemporaryFolder { folder in
            try await withEvidenceLog(path: folder + "/evidence.ndjson") { log in
                log.sink(for: nil).record(Self.opened, at: Stamp(nanoseconds: 0))
                let sink = log.sink(for: "p/a")
                sink.record(.attemptArrived(EvidenceSamples.attempt(1)), at: Stamp(nanoseconds: 30))
                log.sink(for: "p/b").record(.attemptArrived(EvidenceSamples.attempt(1)), at: Stamp(nanoseconds: 31))
                sink.record(.attemptEnded(EvidenceSamples.ended), at: Stamp(nanoseconds: 60))
                let history = log.history(of: "p/a")
                #expect(history.attempts.count == 1)
                #expect(history.attempts.first?.ended == EvidenceSamples.ended)
                #expect(history.startedAt == EvidenceSamples.runOpened.startedAt)
                log.release("p/a")
                #expect(log.records(of: "p/a").isEmpty)
                #expect(log.records(of: "p/b").count == 1)
            }
        }
    }

    @Test func `has everything in the file when the run was cancelled`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            let run = Task {
                try await withEvidenceLog(path: path) { log in
                    let sink = log.sink(for: nil)
                    sink.record(Self.opened, at: Stamp(nanoseconds: 0))
                    while !Task.isCancelled { await Task.yield() }
                    for _ in 1...100 {
                        sink.record(.hostStalled(HostStalled(began: Stamp(nanoseconds: 1))), at: Stamp(nanoseconds: 2))
                    }
                    sink.record(.runClosed(RunClosed(interrupted: true)), at: Stamp(nanoseconds: 3))
                    try Task.checkCancellation()
                }
            }
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
            let read = try EvidenceReader.read(path: path)
            #expect(read.recordCount == 102)
            #expect(read.closed?.interrupted == true)
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func `goes on without its file when the disk is full, and says so`() async throws {
        try await withEvidenceLog(path: "/dev/full") { log in
            let sink = log.sink(for: "p/a")
            sink.record(.stepBegan(StepBegan(step: 1, text: "emit")), at: Stamp(nanoseconds: 1))
            await log.flush()
            let failure = try #require(log.failure)
            #expect(failure.message.contains("free some disk space"))
            #expect(log.dropped == 1)
            sink.record(.stepEnded(StepEnded(step: 1)), at: Stamp(nanoseconds: 2))
            await log.flush()
            #expect(log.dropped == 2)
            #expect(log.failure == failure)
            #expect(log.history(of: "p/a").steps.first?.ended == Stamp(nanoseconds: 2))
        }
    }

    @Test func `refuses a folder that is not there, with the way out`() async throws {
        let error = await #expect(throws: EvidenceLogError.self) {
            try await withEvidenceLog(path: "/nowhere-at-all/evidence.ndjson") { _ in }
        }
        #expect(error?.description.hasSuffix("create its folder first") == true)
    }

    @Test func `replaces the log of the run before`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            for _ in 1...2 {
                try await withEvidenceLog(path: path) {
                    $0.sink(for: nil).record(Self.opened, at: Stamp(nanoseconds: 0))
                }
            }
            #expect(try EvidenceReader.read(path: path).recordCount == 1)
        }
    }

    @Test func `keeps both stamps of a record, and takes one for both where there is but one`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            try await withEvidenceLog(path: path) { log in
                log.sink(for: nil).record(Self.opened, at: Stamp(nanoseconds: 0))
                let sink = log.sink(for: "p/a")
                sink.record(.stepBegan(StepBegan(step: 1, text: "emit")), at: Stamp(nanoseconds: 4))
                sink.record(
                    .stepEnded(StepEnded(step: 1)),
                    at: Stamp(nanoseconds: 900),
                    real: Stamp(nanoseconds: 6)
                )
            }
            var stamps: [[Int64]] = []
            _ = try EvidenceReader.forEachRecord(path: path) { record in
                stamps.append([record.at.nanoseconds, record.real.nanoseconds])
            }
            #expect(stamps == [[0, 0], [4, 4], [900, 6]])
        }
    }

    @Test func `drops what comes too fast, and tells the scenario how much`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            // Not even one record fits, whenever the writer comes.
            try await withEvidenceLog(path: path, limits: EvidenceLimits(pendingBytes: 100)) { log in
                for step in 1...5 {
                    let real = Stamp(nanoseconds: Int64(step))
                    log.sink(for: "p/a")
                        .record(.stepEnded(StepEnded(step: step)), at: Stamp(nanoseconds: 9), real: real)
                }
                #expect(log.dropped == 5)
                #expect(log.history(of: "p/a").dropped == 5)
            }
            var told = 0
            for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
                let record = try EvidenceLine().record(in: Data(line.utf8))
                #expect(record.at == Stamp(nanoseconds: 9) && record.real <= Stamp(nanoseconds: 5))
                if case .evidenceDropped(let dropped) = record.event, record.scenario == "p/a" { told += dropped.count }
            }
            #expect(told == 5)
        }
    }

    @Test func `says which records its memory could not keep`() async throws {
        try await withTemporaryFolder { folder in
            try await withEvidenceLog(path: folder + "/e", limits: EvidenceLimits(keptBytes: 1000)) { log in
                for step in 1...5 {
                    log.sink(for: "p/a").record(.stepEnded(StepEnded(step: step)), at: Stamp(nanoseconds: 9))
                }
                #expect(log.dropped == 0)
                #expect(log.history(of: "p/a").dropped == 4)
            }
        }
    }

    @Test func `redacts before it stores anything`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/evidence.ndjson"
            let redactor = Redactor()
            try redactor.add("correct-horse", as: .secret(of: "main"))
            try await withEvidenceLog(path: path, redactor: redactor) { log in
                let line = DispatcherOutput(life: 1, line: "key=correct-horse")
                log.sink(for: "p/a").record(.dispatcherOutput(line), at: Stamp(nanoseconds: 1))
                #expect(log.history(of: "p/a").output.first?.value.line == "key={{secret:main.secret}}")
            }
            #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("horse"))
        }
    }
}
