/// The packets of a scenario were written to a file beside the evidence.
package struct CaptureWritten: Sendable, Hashable, Codable {
    /// The file, such as `captures/shop-good.pcap`, relative to the folder of the evidence.
    package var file: String
    /// The packets in it.
    package var packets: Int
    /// The packets that there was no room for: they are not in the file.
    package var lost: Int
    /// The packets in the file that lack bytes at their end.
    package var cut: Int

    package init(file: String, packets: Int, lost: Int, cut: Int) {
        self.file = file
        self.packets = packets
        self.lost = lost
        self.cut = cut
    }
}
