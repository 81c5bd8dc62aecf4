import ArgumentParser
import ContractJudging
import DeliveryEvidence
import DeliveryReports
import Foundation

/// Judges a recorded run from its evidence to the exit status.
struct JudgeExecution {
    let path: String
    /// The scenarios that are wanted; all when it is empty.
    let scenarios: [String]
    let checks: [CheckID]
    let contract: String?
    let tolerance: JudgingTolerance
    /// The file of keys that was named; `nil` for the one beside the evidence.
    let keys: String?
    let format: JudgeFormat
    let out: String?
    let tellsTiming: Bool
    let listsCoverage: Bool

    /// Judges, shows the verdicts and says how the process should end.
    ///
    /// - Throws: an exit code, after saying why nothing can be judged.
    func run() throws -> ExitStatus {
        let recorded: RecordedRun
        var reports: [ScenarioReport] = []
        var timing = JudgeTiming()
        do throws(JudgeError) {
            recorded = try read()
            timing.noteRead()
            for history in try selected(in: recorded.evidence) {
                let judged = try recorded.judge(history)
                reports.append(judged.report)
                for warning in judged.warnings { warn("\(history.scenario): \(warning)") }
            }
        } catch {
            StandardStreams.complain("hookassay: \(error)")
            throw ExitStatus.fileWrong.exit
        }
        if tellsTiming { StandardStreams.complain(timing.text(recorded.evidence)) }
        let report = RunReport(run: recorded.facts, scenarios: reports)
        try show(report)
        return ExitStatus(report, interruptedBy: recorded.interruption)
    }

    private func read() throws(JudgeError) -> RecordedRun {
        let evidence: EvidenceRun
        do {
            evidence = try EvidenceReader.read(path: path)
        } catch {
            throw JudgeError("\(error)")
        }
        for note in evidence.notes { warn("\(path): \(note)") }
        return RecordedRun(
            evidence: evidence,
            files: RecordedFiles(evidence: path, newerContract: contract),
            keys: try keyring(of: evidence),
            tolerance: tolerance,
            checks: Set(checks)
        )
    }

    /// The keys of the run, where they are.
    private func keyring(of evidence: EvidenceRun) throws(JudgeError) -> KeyringFile? {
        let beside = URL(filePath: path).deletingLastPathComponent().appending(path: KeyringFile.name).path
        guard let file = keys ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil) else { return nil }
        let keyring = try KeyringFile.read(path: file)
        guard keyring.belongs(to: evidence.opened) else {
            let problem = "\(file): these are the keys of another run, so that no signature can be checked with them"
            if keys != nil { throw JudgeError(problem + "; name those of this run, or leave out --keys") }
            warn(problem)
            return nil
        }
        return keyring
    }

    private func selected(in evidence: EvidenceRun) throws(JudgeError) -> [ScenarioHistory] {
        guard !scenarios.isEmpty else { return evidence.histories }
        let known = Set(evidence.histories.map(\.scenario))
        for id in scenarios where !known.contains(id) {
            let some = evidence.histories.prefix(5).map(\.scenario).joined(separator: ", ")
            let more = known.count > 5 ? ", …" : ""
            throw JudgeError("\(path): there is no scenario '\(id)' in it; it has \(some)\(more)")
        }
        return evidence.histories.filter { scenarios.contains($0.scenario) }
    }

    private func show(_ report: RunReport) throws {
        switch format {
        case .text:
            let symbols = TimelineSymbols.suitable(in: ProcessInfo.processInfo.environment)
            for line in RunSummary.lines(report, symbols) { StandardStreams.print(line) }
            for line in CoverageLines.lines(report, listsAll: listsCoverage) { StandardStreams.print(line) }
        case .json:
            StandardStreams.print(String(decoding: try VerdictDocument(report).bytes(), as: UTF8.self), terminator: "")
        }
        guard let out else { return }
        try RunFolder.makeOutput(out)
        let writing = ReportWriting(out: out)
        try writing.writeFiles(report)
        if format == .text { StandardStreams.print("reports: \(writing.junit), \(writing.verdicts)") }
    }

    private func warn(_ text: String) {
        StandardStreams.complain("hookassay: warning: \(text)")
    }
}
