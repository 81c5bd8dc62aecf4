import ArgumentParser
package import DeliveryReports

/// What the process tells its caller.
///
/// The numbers are part of the interface.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Every check held; what is unstated or skipped does not count.
    case held = 0
    /// A promise was violated. Nothing else hides this.
    case violated = 1
    /// Nothing was violated, but something could not be decided.
    case inconclusive = 2
    /// The harness or the dispatcher failed.
    case failed = 3
    /// No scenario was selected, or every one was skipped.
    case nothingSelected = 4
    /// A file is wrong (`EX_DATAERR`).
    case fileWrong = 65
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143

    /// The status of a run.
    ///
    /// The first that applies, in this order: violated, interrupted, a file wrong, failed, nothing
    /// selected, inconclusive, held.
    package init(_ report: RunReport, interruptedBy interruption: ExitStatus?) {
        let tally = report.tally
        let judged = report.scenarios.contains { $0.verdict != nil }
        self =
            if tally.violated > 0 {
                .violated
            } else if let interruption {
                interruption
            } else if tally.broken > 0 {
                .fileWrong
            } else if tally.failed > 0 || report.run.incompleteEvidence != nil {
                .failed
            } else if !judged {
                .nothingSelected
            } else if tally.inconclusive > 0 {
                .inconclusive
            } else {
                .held
            }
    }

    /// The error that makes a command end with this status.
    var exit: ExitCode { ExitCode(rawValue) }
}
