/// How much evidence may wait in memory.
package struct EvidenceLimits: Sendable, Hashable {
    /// The most bytes that wait to be written; records past that are dropped and counted.
    package var pendingBytes: Int
    /// How many bytes may wait before the log says that it is behind, so that its sources hold back; it has caught up
    /// when half of them are written.
    package var behindBytes: Int
    /// The most bytes kept for judging; records past that are only in the file.
    ///
    /// With 0 nothing is kept and keeping costs nothing: for a log that is written and not judged.
    package var keptBytes: Int

    package init(pendingBytes: Int = 256 << 20, behindBytes: Int = 32 << 20, keptBytes: Int = 1 << 30) {
        self.pendingBytes = pendingBytes
        self.behindBytes = behindBytes
        self.keptBytes = keptBytes
    }
}
