/// Eight bytes of a text, looked at together.
///
/// The arithmetic works on all eight at once (Warren, "Hacker's Delight", chapter 6): subtracting from a byte that is too
/// small borrows, and the borrow shows in its highest bit. A borrow can spill into the bytes above and mark them too, so
/// the marks say whether there is such a byte, and not which ones.
struct ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private let bytes: UInt64

    /// Loads the eight bytes from `offset` on; there are that many.
    @inline(__always)
    init(loadedFrom text: UnsafeBufferPointer<UInt8>, at offset: Int) {
        bytes = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always)
    func store(to memory: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(memory).storeBytes(of: bytes, as: UInt64.self)
    }

    @inline(__always)
    var isASCII: Bool { bytes & Self.highBits == 0 }

    /// Says that a JSON string can hold all eight as they are, and that all are ASCII.
    @inline(__always)
    var isPlain: Bool {
        let controls = bytes &- Self.ones &* 0x20
        let quotes = (bytes ^ Self.ones &* UInt64(UInt8(ascii: "\""))) &- Self.ones
        let backslashes = (bytes ^ Self.ones &* UInt64(UInt8(ascii: "\\"))) &- Self.ones
        return (controls | quotes | backslashes | bytes) & Self.highBits == 0
    }
}
