/// What a check came to.
package enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// The promise was kept wherever it was put to the test.
    case held
    /// The promise was broken, and the evidence proves it.
    case violated
    /// The evidence proves neither; the summary says why.
    case inconclusive
    /// The contract promises nothing; the summary says what was observed.
    case unstated

    /// How much the outcome weighs when several findings of one check are merged: a broken promise outweighs a doubt, a
    /// doubt outweighs a kept promise, and silence of the contract outweighs nothing.
    package var weight: Int {
        switch self {
        case .violated: 3
        case .inconclusive: 2
        case .held: 1
        case .unstated: 0
        }
    }
}
