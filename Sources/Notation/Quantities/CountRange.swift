/// How many of something there may be.
package struct CountRange: Sendable, Hashable {
    /// The fewest that are right; not negative.
    package var lowest: Int
    /// The most that are right, or nil when there is no upper limit.
    package var highest: Int?

    /// Makes a range from its two ends, both inclusive.
    package init(lowest: Int, highest: Int?) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Tells whether a count is right.
    package func contains(_ count: Int) -> Bool {
        count >= lowest && count <= highest ?? .max
    }

    /// The canonical written form: `exactly 3`, `at most 3`, `at least 1` or `1..3`.
    package var text: String {
        switch (lowest, highest) {
        case (_, nil): "at least \(lowest)"
        case (_, let highest?) where highest == lowest: "exactly \(lowest)"
        case (0, let highest?): "at most \(highest)"
        case (_, let highest?): "\(lowest)..\(highest)"
        }
    }
}
