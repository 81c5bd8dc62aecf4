/// A stretch of the log that waits to be written.
///
/// Most records of a busy receiver are lines at once. The others cost too much to encode where they are recorded, so
/// they wait as they are, each with its place among the lines.
struct LineBlock: Sendable {
    var lines: [UInt8] = []
    /// Records that are still to become lines, each with how many bytes of `lines` come before it.
    var inserts: [(offset: Int, record: EvidenceRecord)] = []
    /// How many records these are, lines included.
    var recordCount = 0
    /// About how many bytes these take.
    var size = 0
}

/// What waits to be written, in order.
struct LineQueue: ~Copyable {
    /// How many bytes of lines a block holds: enough that one `write` for each costs next to nothing.
    private static let blockBytes = 256 << 10
    /// How many empty blocks are kept for use again.
    private static let spareBlocks = 8
    /// The writer encodes what is larger, so that whoever records does not wait for it.
    private static let largestLine = 64 << 10

    private var full: [LineBlock] = []
    private var open = LineBlock()
    private var spare: [[UInt8]] = []
    private var line = LineBytes()

    /// Appends a record of about `size` bytes, and returns how many it is counted as.
    mutating func append(
        _ event: EvidenceEvent,
        size: Int,
        sequence: Int,
        scenario: String?,
        at stamp: Stamp,
        real: Stamp
    ) -> Int {
        let head = LineBytes.RecordHead(sequence: sequence, scenario: scenario, at: stamp, real: real)
        let isLine = size <= Self.largestLine && line.write(event, head)
        let counted = isLine ? line.count : size
        if open.size + counted > Self.blockBytes { seal() }
        if isLine {
            if open.lines.capacity == 0 { open.lines.reserveCapacity(Self.blockBytes) }
            line.withBytes { open.lines.append(contentsOf: $0) }
        } else {
            let record = EvidenceRecord(sequence: sequence, scenario: scenario, at: stamp, real: real, event: event)
            open.inserts.append((open.lines.count, record))
        }
        open.recordCount += 1
        open.size += counted
        return counted
    }

    private mutating func seal() {
        guard open.recordCount > 0 else { return }
        full.append(open)
        open = LineBlock(lines: spare.popLast() ?? [])
    }

    /// Hands over everything that waits.
    mutating func take() -> [LineBlock] {
        seal()
        defer { full = [] }
        return full
    }

    /// Takes back the memory of a block that has been written; nobody else holds it.
    mutating func reuse(_ lines: inout [UInt8]) {
        var memory: [UInt8] = []
        swap(&memory, &lines)
        guard spare.count < Self.spareBlocks, memory.capacity > 0 else { return }
        memory.removeAll(keepingCapacity: true)
        spare.append(memory)
    }
}
