/// What of a contract was put to the test, by one scenario or by several together.
package struct ContractCoverage: Sendable, Hashable {
    /// The clauses that promise something, in the order of the file.
    package private(set) var clauses: [String]
    /// Those of them that something was found to hold or to break.
    package private(set) var exercised: Set<String>
    /// The limits that the contract sets, such as `the last retry`, in the order of the file.
    package private(set) var limits: [String]
    /// Those of them that something came to.
    package private(set) var reached: Set<String>

    package init(
        clauses: [String] = [],
        exercised: Set<String> = [],
        limits: [String] = [],
        reached: Set<String> = []
    ) {
        self.clauses = clauses
        self.exercised = exercised
        self.limits = limits
        self.reached = reached
    }

    /// The clauses that nothing was found about.
    package var unexercised: [String] { clauses.filter { !exercised.contains($0) } }

    /// The limits that nothing came to.
    package var unreached: [String] { limits.filter { !reached.contains($0) } }

    /// Adds what another scenario of the same provider put to the test; it may apply other variants of the contract.
    package mutating func add(_ other: ContractCoverage) {
        clauses += other.clauses.filter { !clauses.contains($0) }
        limits += other.limits.filter { !limits.contains($0) }
        exercised.formUnion(other.exercised)
        reached.formUnion(other.reached)
    }

    /// What the scenarios of each provider put to the test together, by the provider's name.
    package static func byProvider(_ verdicts: [ScenarioVerdict]) -> [(provider: String, coverage: ContractCoverage)] {
        var all: [String: ContractCoverage] = [:]
        for verdict in verdicts { all[verdict.provider, default: ContractCoverage()].add(verdict.coverage) }
        return all.sorted { $0.key < $1.key }.map { (provider: $0.key, coverage: $0.value) }
    }
}
