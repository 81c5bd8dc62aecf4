/// The memory in which one line of the log grows; used again for the next line, so that writing allocates nothing.
///
/// It is a raw pointer and not an array because an array asks at every append whether it is shared and whether it has
/// room. Here ``reserve(_:)`` asks once for each field, and what follows it only stores.
struct LineBytes: ~Copyable {
    /// What is kept for the next line; a longer line's memory is given back.
    private static let keptCapacity = 64 << 10

    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init() {
        capacity = Self.keptCapacity
        base = .allocate(capacity: capacity)
    }

    deinit {
        base.deallocate()
    }

    /// Makes room for `size` more bytes.
    @inline(__always)
    mutating func reserve(_ size: Int) {
        if capacity - count < size { grow(by: size) }
    }

    @inline(never)
    private mutating func grow(by size: Int) {
        move(toCapacity: max(capacity * 2, count + size))
    }

    private mutating func move(toCapacity newCapacity: Int) {
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
        wider.update(from: base, count: count)
        base.deallocate()
        base = wider
        capacity = newCapacity
    }

    /// Begins a new line.
    mutating func removeAll() {
        count = 0
        if capacity > Self.keptCapacity { move(toCapacity: Self.keptCapacity) }
    }

    /// Takes back everything after the first `length` bytes.
    mutating func truncate(to length: Int) {
        precondition(length <= count)
        count = length
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        let size = text.utf8CodeUnitCount
        reserve(size)
        (base + count).update(from: text.utf8Start, count: size)
        count += size
    }

    /// The last byte; the line is not empty.
    var last: UInt8 { base[count - 1] }

    /// Hands `body` the free memory, which has at least `size` bytes, and takes as many as it says it has written.
    @inline(__always)
    mutating func appendUpTo<Extra>(
        _ size: Int,
        _ body: (UnsafeMutablePointer<UInt8>) -> (written: Int, Extra)
    ) -> Extra {
        reserve(size)
        let (written, extra) = body(base + count)
        count += written
        precondition(written <= size)
        return extra
    }

    /// Hands over the line as it is now.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: base, count: count))
    }
}
