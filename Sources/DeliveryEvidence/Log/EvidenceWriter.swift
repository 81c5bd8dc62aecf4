import Foundation

/// Writes records to the file, one batch after another.
///
/// An actor, so that batches never mix. A `write` to a file on disk ends in the page cache: a batch of at most
/// ``batchBytes`` takes well under a millisecond, which is why it may happen on a thread of the cooperative pool. It
/// never happens on an event loop, where `record` is called.
actor EvidenceWriter {
    private let file: EvidenceFile
    private let line = EvidenceLine()
    private static let batchBytes = 1 << 20

    init(path: String) throws(EvidenceLogError) {
        file = try EvidenceFile(path: path)
    }

    /// Writes `records` in order.
    ///
    /// - Returns: the error that stopped it and how many records are not in the file, or `nil` when all are.
    func write(_ records: [EvidenceRecord]) -> (error: EvidenceLogError, lost: Int)? {
        var batch = Data()
        var written = 0
        for (index, record) in records.enumerated() {
            do {
                batch.append(try line.bytes(of: record))
                guard batch.count >= Self.batchBytes || index == records.count - 1 else { continue }
                try file.append(batch)
                batch.removeAll(keepingCapacity: true)
                written = index + 1
            } catch let error as EvidenceLogError {
                return (error, records.count - written)
            } catch {
                let reason = "record \(record.sequence) cannot be written as JSON: \(error)"
                return (EvidenceLogError(path: file.path, message: reason), records.count - written)
            }
        }
        return nil
    }
}
