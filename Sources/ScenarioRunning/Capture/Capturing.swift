import DeliveryEvidence
import PacketCapturing

/// Captures one scenario, if captures are asked for, and records what came of it.
struct Capturing {
    /// The id of the scenario.
    let scenario: String
    /// Where the files go; `nil` captures nothing.
    let folder: String?
    let size: CaptureSize
    let sink: any EvidenceSink

    /// Runs `body` with an open capture, and ends the capture afterwards, whatever came of `body`.
    ///
    /// A capture that cannot be made is recorded as a failure of the harness: who asks for one and gets none has to know.
    /// Where it cannot even be opened, `body` is not run.
    ///
    /// - Parameter now: the present moment on the scenario's clock and on the host's, since the start of the run.
    /// - Throws: what `body` throws.
    func run(
        _ body: (ScenarioCapture?) async throws -> Void,
        now: () -> (at: Stamp, real: Stamp)
    ) async throws {
        guard let folder else {
            try await body(nil)
            return
        }
        let capture: ScenarioCapture
        do {
            capture = try ScenarioCapture(of: scenario, in: folder, size: size)
        } catch {
            record(.harnessFailed(Self.failure(error)), now())
            return
        }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(capture))
        } catch {
            result = .failure(error)
        }
        do {
            record(.captureWritten(try capture.finish()), now())
        } catch {
            record(.harnessFailed(Self.failure(error)), now())
        }
        try result.get()
    }

    /// The record of a capture that is not, or not whole.
    static func failure(_ error: CaptureError) -> HarnessFailed {
        HarnessFailed(component: "capture", message: error.description)
    }

    private func record(_ event: EvidenceEvent, _ now: (at: Stamp, real: Stamp)) {
        sink.record(event, at: now.at, real: now.real)
    }
}
