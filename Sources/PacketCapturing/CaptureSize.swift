/// How much memory a capture has, and how soon packets can be taken out of it.
///
/// The kernel locks the memory for as long as the capture is open.
package struct CaptureSize: Sendable, Hashable {
    /// Bytes of a block: the kernel hands over whole blocks.
    ///
    /// A packet on a loopback interface has up to 64 KiB.
    static let block = 256 << 10
    /// The longest that every kernel can keep a block which is not full.
    static let longest = Duration.seconds(60)

    /// How many packets fit, with some 80 bytes beside each; a multiple of 256 KiB.
    package let bytes: Int
    /// How long packets may wait in a block that is not full.
    package let handOver: Duration

    /// A size of so many bytes, at least 512 KiB, rounded up to whole blocks.
    ///
    /// - Parameter handOver: how long packets may wait in a block that is not full before they can be drained: 1 ms to 60 s.
    package init(bytes: Int, handOver: Duration) {
        self.bytes = max(2, (bytes + Self.block - 1) / Self.block) * Self.block
        self.handOver = min(max(handOver, .milliseconds(1)), Self.longest)
    }

    /// For a capture that is only read when it is over: 32 MiB.
    package static let wholeScenario = CaptureSize(bytes: 32 << 20, handOver: longest)

    /// For a capture that is drained about once a second: 8 MiB, unless told otherwise.
    package static func drained(bytes: Int = 8 << 20) -> CaptureSize {
        CaptureSize(bytes: bytes, handOver: .milliseconds(250))
    }
}
