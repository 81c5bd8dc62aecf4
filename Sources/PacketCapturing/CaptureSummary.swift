/// What a capture that is over holds, and what it lacks.
package struct CaptureSummary: Sendable, Hashable {
    /// The packets in the file.
    package var packets: Int
    /// The packets that the capture's memory had no room for: they are not in the file.
    package var lost: Int
    /// The packets in the file that lack bytes at their end, for they were larger than any on a loopback interface.
    package var cut: Int

    package init(packets: Int, lost: Int, cut: Int = 0) {
        self.packets = packets
        self.lost = lost
        self.cut = cut
    }

    /// Says that every packet is there, and all of it.
    package var isComplete: Bool { lost == 0 && cut == 0 }
}
