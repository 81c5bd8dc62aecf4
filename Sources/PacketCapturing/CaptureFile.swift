/// A capture file in the making, which tcpdump and Wireshark read at any time.
///
/// Only its owner may read it: it holds everything that was sent, in the clear where that was not encrypted.
package final class CaptureFile: Sendable {
    private let file: PrivateFile

    /// Makes the file, with no packet in it yet.
    ///
    /// - Throws: `CaptureError` when it cannot be made, or when something stands at the path already.
    package init(path: String) throws(CaptureError) {
        file = try PrivateFile(path: path)
        try file.append(PcapFormat.fileHeader)
    }

    /// Where it is.
    package var path: String { file.path }

    func append(_ batch: PacketRing.Batch) throws(CaptureError) { try file.append(batch.bytes) }
}
