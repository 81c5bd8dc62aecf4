import DeliveryEvidence
import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `The output of receive` {
    /// The program with its output in a pipe that the test reads, or does not.
    private struct Piped {
        let process: Process
        let output: FileHandle
        let complaints: FileHandle
        let receiver: ReceiverAtDesk

        static func start(in folder: URL) async throws -> Piped {
            let process = Process()
            process.executableURL = URL(filePath: BuiltPrograms.folder + "/hookassay")
            process.arguments = ["receive", "--no-page", "--out", "evidence.ndjson"]
            process.currentDirectoryURL = folder
            let (output, complaints) = (Pipe(), Pipe())
            process.standardOutput = output
            process.standardError = complaints
            try process.run()
            let urls: [String]
            do {
                urls = try await ReceiverAtDesk.urls(in: folder, count: 1)
            } catch {
                process.terminate()
                throw error
            }
            return Piped(
                process: process,
                output: output.fileHandleForReading,
                complaints: complaints.fileHandleForReading,
                receiver: ReceiverAtDesk(urls: urls, processID: process.processIdentifier, folder: folder)
            )
        }
    }

    @Test func `may lose its reader, which ends everything quietly`() async throws {
        try await withTemporaryFolder { folder in
            let piped = try await Piped.start(in: folder)
            defer { piped.process.terminate() }
            // It has written where it listens; now its reader goes away.
            #expect(piped.output.availableData.isEmpty == false)
            try piped.output.close()
            #expect(try await piped.receiver.send() == 200)
            try await ReceiverAtDesk.comes("the end") { !piped.process.isRunning }
            #expect(piped.process.terminationReason == .exit)
            #expect(piped.process.terminationStatus == 0)
            #expect(piped.complaints.readDataToEndOfFile().isEmpty)
            #expect(try ReceiverAtDesk.history(in: folder).attempts.count == 1)
        }
    }

    @Test func `may have a reader that sleeps, who misses lines and is told so`() async throws {
        try await withTemporaryFolder { folder in
            let piped = try await Piped.start(in: folder)
            defer { piped.process.terminate() }
            // The pipe is full after 64 KiB, and some megabytes later there is no more room to wait in.
            let small = String(repeating: "s", count: 2000)
            let large = String(repeating: "l", count: 900_000)
            for _ in 1...120 { #expect(try await piped.receiver.send(small) == 200) }
            for _ in 1...16 { #expect(try await piped.receiver.send(large) == 200) }
            kill(piped.process.processIdentifier, SIGINT)
            let text = String(decoding: piped.output.readDataToEndOfFile(), as: UTF8.self)
            try await ReceiverAtDesk.comes("the end") { !piped.process.isRunning }
            #expect(piped.process.terminationStatus == 130)
            let word = /receiver (\d+) more lines came faster than they could be shown; the evidence has everything\n/
            let missing = try #require(text.firstMatch(of: word), "\(text.suffix(2000))").output.1
            #expect((1...272).contains(Int(missing) ?? 0))
            #expect(text.contains("136 requests of 1 delivery: 136 answered 200\n"))
            #expect(try ReceiverAtDesk.history(in: folder).attempts.count == 136)
        }
    }
}
