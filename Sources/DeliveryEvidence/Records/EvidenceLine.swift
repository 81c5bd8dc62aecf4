package import Foundation

/// Turns records into lines of the log and back.
///
/// A line is one JSON object with its keys sorted, so identical records are identical bytes. Make one for each task: the
/// coders of Foundation are not to be shared.
package struct EvidenceLine {
    private let encoder: JSONEncoder
    private let decoder = JSONDecoder()

    package init() {
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// The line of `record`, with the line feed at its end.
    package func bytes(of record: EvidenceRecord) throws -> Data {
        var line = LineBytes()
        if line.write(record.event, record.head) { return line.withBytes { Data($0) } }
        var data = try encoder.encode(record)
        data.append(0x0A)
        return data
    }

    /// The record in `line`.
    ///
    /// - Throws: an ``UnknownEvidenceType`` or a `DecodingError`.
    package func record(in line: Data) throws -> EvidenceRecord {
        try decoder.decode(EvidenceRecord.self, from: line)
    }

    /// The record in `line`, read without Foundation's decoder where that can be done.
    ///
    /// - Throws: as ``record(in:)-(Data)``.
    package func record(in line: UnsafeBufferPointer<UInt8>) throws -> EvidenceRecord {
        try QuickRecord.read(line) ?? record(in: Data(line))
    }

    /// Says that a line is read without Foundation's decoder.
    package static func isQuick(_ line: Data) -> Bool {
        Array(line).withUnsafeBufferPointer { QuickRecord.read($0) != nil }
    }
}

extension EvidenceRecord {
    fileprivate var head: LineBytes.RecordHead {
        LineBytes.RecordHead(sequence: sequence, scenario: scenario, at: at, real: real)
    }
}
