/// A mutant and the checks that found a promise violated in the scenarios it was hunted in.
package struct HuntedMutant: Sendable, Hashable {
    /// The family it belongs to, by its name.
    package var family: String
    package var mutant: ListedMutant
    /// The ids of the checks that found a violated promise.
    package var violated: Set<String>
    /// What the run said when it could not be judged at all; `nil` when it could.
    package var obstacle: String?

    package init(family: String, mutant: ListedMutant, violated: Set<String>, obstacle: String? = nil) {
        self.family = family
        self.mutant = mutant
        self.violated = violated
        self.obstacle = obstacle
    }

    /// The checks that had to notice, and did.
    package var killers: [String] { mutant.caughtBy.filter(violated.contains) }
    /// The checks that had to notice, and did not.
    package var missed: [String] { mutant.caughtBy.filter { !violated.contains($0) } }
    /// The checks that noticed beyond those, in the order of the alphabet.
    package var beyond: [String] { violated.subtracting(mutant.caughtBy).sorted() }
    /// Those of them that nobody explained.
    package var unexplained: [String] { beyond.filter { explanation(of: $0) == nil } }
    /// The checks that are explained and did not notice.
    package var stale: [String] { mutant.alsoTrips.keys.filter { !violated.contains($0) }.sorted() }
    package var isKilled: Bool { missed.isEmpty && unexplained.isEmpty && obstacle == nil }

    /// Why a check beyond those that have to notice is right to; `nil` when nobody said.
    package func explanation(of check: String) -> String? {
        if let own = mutant.alsoTrips[check] { return own }
        return check.hasPrefix("scenario.") ? "The scenario's own expectations restate promises in numbers." : nil
    }
}
