/// What one check found about one subject of a scenario.
///
/// The findings of a check are merged into its verdict. A report tells the attempts of the delivery that `subject` names, so
/// that no finding has to.
package struct Finding: Sendable, Hashable {
    package var outcome: Outcome
    /// What the finding is about, such as `main · e1 #2`; `nil` for the scenario as a whole.
    package var subject: String?
    /// One line that says what was promised and what was seen.
    package var summary: String
    /// Further lines that only this check can say.
    package var details: [String]
    package var basis: Basis
    /// The promise and what was seen in figures; `nil` when there are none.
    package var comparison: Comparison?
    /// Other readings of the promise under which it would be right, the nearest first.
    package var nearest: [NearestReading]
    /// Further subjects that the finding holds this one against.
    package var alsoAbout: [String]

    package init(
        _ outcome: Outcome,
        _ subject: String?,
        _ summary: String,
        details: [String] = [],
        comparison: Comparison? = nil,
        nearest: [NearestReading] = [],
        alsoAbout: [String] = [],
        by basis: Basis
    ) {
        self.outcome = outcome
        self.subject = subject
        self.summary = summary
        self.details = details
        self.comparison = comparison
        self.nearest = nearest
        self.alsoAbout = alsoAbout
        self.basis = basis
    }

    /// A promise that was kept.
    static func held(_ subject: String?, _ summary: String, details: [String] = [], by basis: Basis) -> Finding {
        Finding(.held, subject, summary, details: details, by: basis)
    }

    /// A promise that was broken.
    static func violated(
        _ subject: String?,
        _ summary: String,
        details: [String] = [],
        comparison: Comparison? = nil,
        nearest: [NearestReading] = [],
        alsoAbout: [String] = [],
        by basis: Basis
    ) -> Finding {
        Finding(
            .violated,
            subject,
            summary,
            details: details,
            comparison: comparison,
            nearest: nearest,
            alsoAbout: alsoAbout,
            by: basis
        )
    }

    /// A promise about which the evidence proves nothing.
    static func inconclusive(
        _ subject: String?,
        _ summary: String,
        details: [String] = [],
        comparison: Comparison? = nil,
        by basis: Basis
    ) -> Finding {
        Finding(.inconclusive, subject, summary, details: details, comparison: comparison, by: basis)
    }

    /// A promise that the contract does not make, with what was observed.
    static func unstated(_ subject: String?, _ summary: String, details: [String] = []) -> Finding {
        Finding(.unstated, subject, summary, details: details, by: Basis())
    }
}
