/// Which mutants were hunted, and what every check made of them.
package struct KillMatrix: Sendable {
    /// A correct dispatcher, on all scenarios that its family's mutants are hunted in.
    package struct CorrectRun: Sendable, Hashable {
        package var family: String
        package var scenarios: Int
        /// The ids of checks that found a promise violated, which nobody broke.
        package var violated: Set<String>
        /// What the run said when it could not be judged at all; `nil` when it could.
        package var obstacle: String?

        package init(family: String, scenarios: Int, violated: Set<String>, obstacle: String? = nil) {
            self.family = family
            self.scenarios = scenarios
            self.violated = violated
            self.obstacle = obstacle
        }
    }

    /// The ids of all checks, in the order of the catalogue.
    package var checks: [String]
    /// The checks that only report, and why none of them can find a promise violated.
    package var reportOnly: [String: String]
    package var correct: [CorrectRun]
    package var hunted: [HuntedMutant]

    package init(
        checks: [String],
        reportOnly: [String: String] = ReportOnlyChecks.all,
        correct: [CorrectRun],
        hunted: [HuntedMutant]
    ) {
        self.checks = checks
        self.reportOnly = reportOnly
        self.correct = correct
        self.hunted = hunted
    }

    /// The mutants that a check has to notice, and does.
    package func killed(by check: String) -> [HuntedMutant] {
        hunted.filter { $0.killers.contains(check) }
    }

    /// The groups of checks, by the word before the full stop, in the order of the catalogue.
    package var groups: [String] {
        checks.map(Self.group).reduce(into: []) { groups, group in
            if !groups.contains(group) { groups.append(group) }
        }
    }

    /// The word before the full stop of an id.
    package static func group(of check: String) -> String { String(check.prefix { $0 != "." }) }

    /// Everything that is wrong, a sentence each; empty when no check is blind and none accuses without a reason.
    package var problems: [String] {
        correct.flatMap(Self.problems) + hunted.flatMap(Self.problems) + blind + misplaced
    }

    private static func problems(of run: CorrectRun) -> [String] {
        if let obstacle = run.obstacle {
            return ["The correct dispatcher (\(run.family)) could not be run: \(obstacle)"]
        }
        return run.violated.sorted().map { "\($0) accuses the correct dispatcher (\(run.family))." }
    }

    /// What is wrong with one hunt.
    package static func problems(of hunted: HuntedMutant) -> [String] {
        let name = "\(hunted.mutant.name) (\(hunted.family))"
        if let obstacle = hunted.obstacle { return ["\(name) could not be hunted: \(obstacle)"] }
        return hunted.missed.map { "\(name) survives: \($0) does not notice." }
            + hunted.unexplained.map { "\(name): \($0) notices too, and alsoTrips does not say why." }
    }

    /// Checks that no mutant proves to see.
    private var blind: [String] {
        let seeing = Set(hunted.flatMap(\.mutant.caughtBy)).union(reportOnly.keys)
        return checks.filter { !seeing.contains($0) }
            .map { "\($0) has no mutant: add one, or say in ReportOnlyChecks why there can be none." }
    }

    /// Names that are none of the catalogue's, and checks that are called report-only and are not.
    private var misplaced: [String] {
        let known = Set(checks)
        let named = hunted.flatMap { hunted in
            (hunted.mutant.caughtBy + hunted.mutant.alsoTrips.keys.sorted()).filter { !known.contains($0) }
                .map { "\(hunted.mutant.name) names \($0), which is no check." }
        }
        let proven = Set(hunted.flatMap(\.violated))
        return named
            + reportOnly.keys.sorted().filter { proven.contains($0) || !known.contains($0) }
            .map { "\($0) is called report-only, and is not." }
    }
}
