package import Notation

/// What one check came to in one scenario: its findings, merged.
package struct Verdict: Sendable, Hashable {
    package var check: CheckID
    package var outcome: Outcome
    /// The first subject that decided the outcome, such as `main · e1`; `nil` for the scenario as a whole.
    package var subject: String?
    /// One line of at most ``longestSummary`` characters.
    package var summary: String
    /// Further lines, at most ``mostDetails``.
    package var details: [String]
    /// The document and section that promise it.
    package var source: String?
    /// The contract or scenario file in which the promise is written.
    package var file: String?
    /// Where in `file`.
    package var position: SourcePosition?
    /// Why the promise is taken to exist although no document states it; `nil` when one does.
    package var inferredBecause: String?
    /// Everything else that a report shows of it.
    package var explanation: Explanation

    package init(
        check: CheckID,
        outcome: Outcome,
        subject: String?,
        summary: String,
        details: [String],
        source: String?,
        file: String?,
        position: SourcePosition?,
        inferredBecause: String? = nil,
        explanation: Explanation = Explanation()
    ) {
        self.check = check
        self.outcome = outcome
        self.subject = subject
        self.summary = summary
        self.details = details
        self.source = source
        self.file = file
        self.position = position
        self.inferredBecause = inferredBecause
        self.explanation = explanation
    }

    /// The most characters a summary has.
    package static let longestSummary = 200
    /// The most lines of detail a verdict has.
    package static let mostDetails = 80
}
