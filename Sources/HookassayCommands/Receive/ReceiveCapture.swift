import MockReceivers
import PacketCapturing
import Synchronization

/// The packets to and from the receiver, written to a file as they come.
final class ReceiveCapture: Sendable {
    private let capture: PacketCapture
    private let file: CaptureFile
    private let ports = Mutex<Set<UInt16>>([])
    /// Where the keys of TLS connections go; `nil` without TLS.
    private let keys: KeyLogFile?

    private static let pause = Duration.seconds(1)

    /// Opens the capture and its files; nothing is captured yet.
    ///
    /// - Throws: `CaptureError` when packets cannot be captured here, or a file is there already.
    init(path: String, hasTLS: Bool) throws(CaptureError) {
        capture = try PacketCapture(size: .drained())
        file = try CaptureFile(path: path)
        keys = hasTLS ? try KeyLogFile(path: path + ".keys") : nil
    }

    /// Takes the keys of TLS connections; `nil` without TLS.
    var keyLog: KeyLog? {
        guard let keys else { return nil }
        return { line in keys.append(line) }
    }

    /// From now on captures what goes to and comes from a port too.
    func begin(port: Int) throws(CaptureError) {
        try ports.withLock { ports throws(CaptureError) in
            ports.insert(UInt16(clamping: port))
            try capture.capture(ports: ports)
        }
    }

    /// Moves the packets into the file, again and again, until the task is cancelled.
    ///
    /// - Throws: `CaptureError`, or a `CancellationError`.
    func drain() async throws {
        while true {
            try await Task.sleep(for: Self.pause)
            try capture.drain(to: file)
        }
    }

    /// Ends the capture; what it lacks, if anything.
    func finish() throws(CaptureError) -> String? {
        let summary = try capture.finish(into: file)
        if let failure = keys?.failure { return failure.description }
        return summary.lost > 0 ? "\(summary.lost) packets came faster than they could be kept" : nil
    }
}
