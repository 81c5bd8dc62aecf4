import ArgumentParser
import DeliveryReports
import Foundation

/// Writes the reports of a run and shows its summary.
struct ReportWriting {
    let out: String
    /// Names every clause that no scenario put to the test.
    var listsCoverage = false

    /// The report as JUnit XML.
    var junit: String { out + "/TEST-hookassay.xml" }
    /// The verdicts as JSON.
    var verdicts: String { out + "/" + VerdictDocument.name }

    /// Prints the summary and writes the files.
    ///
    /// - Throws: an exit code, after saying why, when a file cannot be written.
    func write(_ report: RunReport) throws {
        let symbols = TimelineSymbols.suitable(in: ProcessInfo.processInfo.environment)
        for line in RunSummary.lines(report, symbols) { StandardStreams.print(line) }
        for line in CoverageLines.lines(report, listsAll: listsCoverage) { StandardStreams.print(line) }
        try writeFiles(report)
        StandardStreams.print("reports: \(junit), \(out)/evidence.ndjson")
    }

    /// Writes `TEST-hookassay.xml` and `verdicts.json`.
    ///
    /// - Throws: an exit code, after saying why, when one cannot be written.
    func writeFiles(_ report: RunReport) throws {
        try write(Data(JUnitReport.render(report).utf8), to: junit)
        try write(VerdictDocument(report).bytes(), to: verdicts)
    }

    private func write(_ bytes: Data, to path: String) throws {
        do {
            // Written beside and renamed, so that a reader never sees half a report.
            try bytes.write(to: URL(filePath: path), options: .atomic)
        } catch {
            StandardStreams.complain("hookassay: cannot write '\(path)': \(error.localizedDescription)")
            throw ExitStatus.failed.exit
        }
    }
}
