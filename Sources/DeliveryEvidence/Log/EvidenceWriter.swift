/// Writes blocks to the file, one after another.
///
/// An actor, so that blocks never mix. A `write` to a file on disk ends in the page cache: one of a few hundred kilobytes
/// takes well under a millisecond, which is why it may happen on a thread of the cooperative pool. It never happens on an
/// event loop, where `record` is called.
actor EvidenceWriter {
    private let file: EvidenceFile
    private let line = EvidenceLine()

    init(path: String) throws(EvidenceLogError) {
        file = try EvidenceFile(path: path)
    }

    /// Writes blocks in order.
    ///
    /// - Parameters:
    ///   - blocks: what is to be written.
    ///   - done: is given each block as soon as it is in the file.
    /// - Returns: the error that stopped it and how many records are not in the file, or `nil` when all are.
    func write(
        _ blocks: consuming [LineBlock],
        done: (inout LineBlock) -> Void
    ) -> (error: EvidenceLogError, lost: Int)? {
        for index in blocks.indices {
            // Taken out of the array, so that its memory is nobody else's when it is handed back.
            var block = LineBlock()
            swap(&block, &blocks[index])
            do throws(EvidenceLogError) {
                try write(block)
            } catch {
                let lost = blocks[index...].reduce(block.recordCount) { $0 + $1.recordCount }
                return (error, lost)
            }
            done(&block)
        }
        return nil
    }

    private func write(_ block: LineBlock) throws(EvidenceLogError) {
        guard !block.inserts.isEmpty else { return try file.append(block.lines) }
        var bytes: [UInt8] = []
        var start = 0
        for (offset, record) in block.inserts {
            bytes += block.lines[start..<offset]
            start = offset
            do {
                bytes += try line.bytes(of: record)
            } catch {
                let reason = "record \(record.sequence) cannot be written as JSON: \(error)"
                throw EvidenceLogError(path: file.path, message: reason)
            }
        }
        try file.append(bytes + block.lines[start...])
    }
}
