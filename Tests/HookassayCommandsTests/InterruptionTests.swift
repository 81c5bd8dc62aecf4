import DeliveryEvidence
import Foundation
import Glibc
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A run that is interrupted` {
    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 143)] as [(Int32, Int32)])
    func `writes its reports and ends what it started`(_ signal: Int32, _ status: Int32) async throws {
        try await Sitting.with(["good": Shop.good, "long": Shop.long, "later": Shop.long]) { sitting in
            let run = try await sitting.hookassay("run", "shop", "--jobs", "1") { processID in
                // The events of the first long scenario are on their way, and it waits.
                try await sitting.await("attempt.ended", in: "reports")
                kill(processID, signal)
            }
            #expect(run.status == status, "\(run.everything)")
            #expect(run.complaints.contains("hookassay: interrupted; ending what was started and writing the reports"))
            #expect(run.output.contains("FAILED harness: the run was interrupted"), "\(run.output)")
            #expect(run.output.contains("\ninterrupted: 3 scenarios in "), "\(run.output)")
            #expect(run.output.contains("2 not reached"), "\(run.output)")
            let report = try sitting.report()
            #expect(report.contains("the run ended before it began"))
            let evidence = try sitting.evidence()
            #expect(evidence.closed?.interrupted == true)
            #expect(evidence.notes == [])
            #expect(evidence.histories.count { $0.began != nil } == 1)
            try await sitting.expectNobodyLeft()
        }
    }

    @Test func `leaves no folder of its own behind`() async throws {
        try await Sitting.with(["long": Shop.long]) { sitting in
            try sitting.folder.write("", to: "tmp/.keep")
            let work = sitting.folder.appending(path: "tmp").path
            let run = try await sitting.hookassay("run", "shop", environment: ["TMPDIR": work]) { processID in
                try await sitting.await("attempt.ended", in: "reports")
                #expect(try FileManager.default.contentsOfDirectory(atPath: work).count == 2)
                kill(processID, SIGTERM)
            }
            #expect(run.status == 143)
            #expect(try FileManager.default.contentsOfDirectory(atPath: work) == [".keep"])
        }
    }
}
