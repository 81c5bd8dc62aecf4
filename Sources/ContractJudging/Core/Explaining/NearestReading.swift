/// Another reading of a promise, under which what was seen would be right.
package struct NearestReading: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// What went wrong in general, so that the same slip is known again in another finding; never shown.
    package var rule: String
    /// What went wrong here, in words that follow `nearest explanation:`; no capital, no full stop.
    package var words: String

    /// Makes a reading; the words are the rule unless it is given.
    package init(_ words: String, rule: String? = nil) {
        self.words = words
        self.rule = rule ?? words
    }

    /// Makes a reading of words that say the rule.
    package init(stringLiteral words: String) { self.init(words) }
}
