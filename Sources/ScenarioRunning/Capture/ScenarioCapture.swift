import DeliveryEvidence
import Foundation
import MockReceivers
package import PacketCapturing
import RunClocks

/// The packets of one scenario, and the keys of its TLS connections, in two files that only their owner may read.
package final class ScenarioCapture: Sendable {
    /// How often a capture on the host's clock is drained.
    private static let drainInterval = Duration.seconds(1)

    private let name: String
    private let packets: PacketCapture
    private let file: CaptureFile
    private let keys: KeyLogFile

    /// Opens a capture that admits no packet yet, and makes its files.
    ///
    /// Files of the same names that an earlier run left are replaced.
    ///
    /// - Parameters:
    ///   - scenario: the id of the scenario.
    ///   - folder: where the files go; it exists.
    ///   - size: the memory for packets.
    /// - Throws: `CaptureError`.
    package init(of scenario: String, in folder: String, size: CaptureSize) throws(CaptureError) {
        name = scenario.replacing("/", with: "-")
        let path = folder + "/" + name
        // What cannot be removed is said when the new file cannot be made.
        for end in [".pcap", ".keys"] { unlink(path + end) }
        packets = try PacketCapture(size: size)
        file = try CaptureFile(path: path + ".pcap")
        keys = try KeyLogFile(path: path + ".keys")
    }

    /// Admits the packets to and from these ports from now on.
    ///
    /// - Throws: `CaptureError`.
    func admit(_ ports: [Int]) throws(CaptureError) {
        try packets.capture(ports: Set(ports.map { UInt16($0) }))
    }

    /// Takes the lines of the TLS library's key log; from any thread.
    var keyLog: KeyLog {
        { [keys] line in keys.append(line) }
    }

    /// Drains the capture every second, so that it holds as much as the disk does, until the task is cancelled.
    ///
    /// On the host's clock only: under the warped one nothing of the harness may run while the programs work.
    func drainRegularly(on clock: any RunClock) async {
        do {
            while true {
                try await clock.sleep(until: clock.now.advanced(by: Self.drainInterval), tolerance: nil)
                try packets.drain(to: file)
            }
        } catch {
            // The scenario is over, or the file takes no more, which the end of the capture tells.
        }
    }

    /// Ends the capture and writes what is left of it.
    ///
    /// - Throws: `CaptureError` when a file took no more, also earlier.
    func finish() throws(CaptureError) -> CaptureWritten {
        let summary = try packets.finish(into: file)
        if let failure = keys.failure { throw failure }
        return CaptureWritten(
            file: CaptureFolder.name + "/" + name + ".pcap",
            packets: summary.packets,
            lost: summary.lost,
            cut: summary.cut
        )
    }
}

/// Where captures are kept.
package enum CaptureFolder {
    /// The folder's name in the one for the reports and the evidence.
    package static let name = "captures"
}
