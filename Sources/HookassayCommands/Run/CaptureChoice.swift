import DeliveryEvidence
import Foundation
import PacketCapturing
import ScenarioRunning

/// Whether packets are captured: what `--pcap` says.
enum CaptureChoice {
    /// Finds out whether packets can be captured, and makes the folder for them.
    ///
    /// Nobody but the owner may look into it, also when it was there before.
    ///
    /// - Parameter out: the folder for the reports and the evidence; it exists.
    /// - Returns: the path of the folder.
    /// - Throws: an exit code, after saying why.
    static func prepare(in out: String) throws -> String {
        do {
            try PacketCapture.check()
        } catch {
            StandardStreams.complain("hookassay: --pcap: \(error)")
            throw ExitStatus.failed.exit
        }
        let path = out + "/" + CaptureFolder.name
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw refusal(path, errno) }
        guard isFolder(path) else { throw refusal(path, ENOTDIR) }
        guard chmod(path, 0o700) == 0 else { throw refusal(path, errno) }
        return path
    }

    /// Says why the folder cannot be had; the exit code to throw.
    private static func refusal(_ path: String, _ code: Int32) -> any Error {
        let reason = String(cString: strerror(code)).lowercased()
        StandardStreams.complain(
            "hookassay: cannot make the folder '\(path)' for captures: \(reason); remove it, or name another with --out"
        )
        return ExitStatus.failed.exit
    }

    /// Says where the captures are and what they lack, by scenario.
    static func tell(of captures: [String: CaptureWritten], in folder: String) {
        guard !captures.isEmpty else { return }
        StandardStreams.complain(
            "hookassay: \(folder)/ has the packets of \(captures.count) scenario\(captures.count == 1 ? "" : "s"), with "
                + "secrets in the clear and the keys to what is encrypted; share them as you would share those"
        )
        for (id, capture) in captures.sorted(by: { $0.key < $1.key }) where capture.lost > 0 || capture.cut > 0 {
            var lacks: [String] = []
            if capture.lost > 0 { lacks.append("lacks \(capture.lost) packets that came faster than they were kept") }
            if capture.cut > 0 { lacks.append("has \(capture.cut) packets without their end") }
            StandardStreams.complain(
                "hookassay: the capture of \(id) is incomplete: it has \(capture.packets) packets, and "
                    + lacks.joined(separator: " and ")
            )
        }
    }

    /// Says that a folder itself stands there, and no link to one.
    private static func isFolder(_ path: String) -> Bool {
        // Of what cannot be looked at it is enough to know that it is in the way.
        let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        return type == .typeDirectory
    }
}
