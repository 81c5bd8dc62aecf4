import Foundation

/// Reads the evidence log of a run.
package enum EvidenceReader {
    /// The longest line that is read, in bytes (64 MiB).
    package static let longestLine = 64 << 20

    /// Reads a whole log and indexes it for judging.
    ///
    /// A last line without line feed that is no record is what a killed run leaves; it is passed over with a note.
    ///
    /// - Throws: an ``EvidenceReadError`` when the file is no evidence log, is damaged, or was written by a newer version.
    package static func read(path: String) throws(EvidenceReadError) -> EvidenceRun {
        var opened: RunOpened?
        var closed: RunClosed?
        var builders: [String: HistoryBuilder] = [:]
        var order: [String] = []
        var ofRun: [EvidenceRecord] = []
        var gaps = SequenceGaps()
        var end = Stamp(nanoseconds: 0)
        var count = 0
        let notes = try forEachRecord(path: path) { record in
            count += 1
            end = max(end, record.real)
            gaps.see(record)
            switch record.event {
            case .runOpened(let run): opened = run
            case .runClosed(let run): closed = run
            default: break
            }
            guard let scenario = record.scenario else {
                ofRun.append(record)
                return
            }
            if builders[scenario] == nil {
                builders[scenario] = HistoryBuilder(scenario: scenario)
                order.append(scenario)
            }
            builders[scenario]?.add(record)
        }
        guard let opened else { throw EvidenceReadError(path: path, message: "the file is empty; check the path") }
        let histories = order.compactMap { scenario -> ScenarioHistory? in
            guard var builder = builders[scenario] else { return nil }
            for record in ofRun { builder.add(record) }
            var history = builder.history
            history.dropped += gaps.unexplained(in: scenario)
            return history
        }
        return EvidenceRun(
            opened: opened,
            closed: closed,
            histories: histories,
            notes: notes + Self.notes(missing: gaps.unexplained, isClosed: closed != nil),
            end: end,
            recordCount: count
        )
    }

    /// Hands over the records of a log one by one.
    ///
    /// - Returns: notes on what was passed over.
    /// - Throws: as ``read(path:)``.
    package static func forEachRecord(
        path: String,
        _ body: (EvidenceRecord) -> Void
    ) throws(EvidenceReadError) -> [String] {
        var lines = try LineSource(path: path, longestLine: longestLine)
        let decoder = EvidenceLine()
        while let line = try lines.next() {
            if line.number == 1 { try checkHead(lines.withBytes(of: line) { Data($0) }, path: path) }
            do {
                body(try lines.withBytes(of: line) { try decoder.record(in: $0) })
            } catch let error as UnknownEvidenceType {
                throw EvidenceReadError(
                    path: path,
                    line: line.number,
                    message: "records of type '\(error.name)' are not known here; read the log with the version of"
                        + " hookassay that wrote it"
                )
            } catch {
                guard line.isWhole else {
                    return ["line \(line.number) was not finished when the run was killed; it is left out"]
                }
                let reason = (error as? DecodingError).map(describe) ?? "\(error)"
                throw EvidenceReadError(path: path, line: line.number, message: "this is not a record: \(reason)")
            }
        }
        return []
    }

    private struct Head: Decodable {
        var type: String?
        var format: Int?
    }

    /// A newer format may change everything but the first line's `type` and `format`, so these are looked at first.
    private static func checkHead(_ line: Data, path: String) throws(EvidenceReadError) {
        guard let head = try? JSONDecoder().decode(Head.self, from: line), head.type == "run.opened",
            let format = head.format
        else {
            throw EvidenceReadError(
                path: path,
                line: 1,
                message: "this is not an evidence log, which starts with the record run.opened; check the path"
            )
        }
        guard format <= EvidenceFormat.current else {
            throw EvidenceReadError(
                path: path,
                line: 1,
                message: "the log has format \(format), and this version reads up to \(EvidenceFormat.current);"
                    + " read it with the version of hookassay that wrote it"
            )
        }
    }

    private static func notes(missing: Int, isClosed: Bool) -> [String] {
        var notes: [String] = []
        if missing > 0 { notes.append("\(missing) records are missing in the log") }
        if !isClosed { notes.append("the run did not come to its end") }
        return notes
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): return "it has no '\(key.stringValue)'"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            return place.isEmpty ? "it is not JSON" : "'\(place)' is not what it should be"
        @unknown default: return "it cannot be read"
        }
    }
}
