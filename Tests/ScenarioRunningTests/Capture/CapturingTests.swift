import DeliveryEvidence
import Foundation
import ProgramRunning
import ScenarioRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `A scenario whose packets are captured` {
    @Test(.enabled(if: CaptureRight.isThere, Comment(rawValue: CaptureRight.why)))
    func `has a record of the capture, after everything else`() async throws {
        try await SmallRun.with(captures: "") { small in
            try await run("quiet", of: small)
            guard case .captureWritten(let capture) = small.events(of: "quiet").last else {
                Issue.record("the last record is none of a capture: \(small.events(of: "quiet"))")
                return
            }
            #expect(capture == CaptureWritten(file: "captures/parish-quiet.pcap", packets: 0, lost: 0, cut: 0))
            #expect(small.failure(of: "quiet") == nil)
            #expect(FileManager.default.fileExists(atPath: small.session.work + "/parish-quiet.pcap"))
        }
    }

    @Test func `fails before it begins when the capture cannot be made`() async throws {
        try await SmallRun.with(captures: "nowhere") { small in
            try await run("quiet", of: small)
            let failure = try #require(small.failure(of: "quiet"))
            #expect(failure.hasPrefix("capture: "), "\(failure)")
            #expect(small.events(of: "quiet").count == 1)
        }
    }

    private func run(_ name: String, of small: SmallRun) async throws {
        try await ScenarioSet(session: small.session, warp: nil, jobs: 1, cores: 1).run(
            [try small.plan(name, "wait: 1ms")],
            onBegin: { _ in },
            onEnd: { _ in true }
        )
    }
}
