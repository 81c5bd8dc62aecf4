import ArgumentParser
import DeliveryReports
import Foundation

/// Writes the reports of a run and shows its summary.
struct ReportWriting {
    let out: String

    /// Writes `TEST-hookassay.xml` and prints the summary.
    ///
    /// - Throws: an exit code, after saying why, when the file cannot be written.
    func write(_ report: RunReport) throws {
        let path = out + "/TEST-hookassay.xml"
        do {
            // Written beside and renamed, so that a reader never sees half a report.
            try Data(JUnitReport.render(report).utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            for line in RunSummary.lines(report) { StandardStreams.print(line) }
            StandardStreams.complain("hookassay: cannot write '\(path)': \(error.localizedDescription)")
            throw ExitStatus.failed.exit
        }
        for line in RunSummary.lines(report) { StandardStreams.print(line) }
        StandardStreams.print("reports: \(path), \(out)/evidence.ndjson")
    }
}
