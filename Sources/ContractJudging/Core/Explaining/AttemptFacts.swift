/// What identifies one attempt, and what became of it.
///
/// Texts that the dispatcher wrote are cut short and made visible; no secret is among them, nor a signature.
package struct AttemptFacts: Sendable, Hashable {
    /// Which attempt of its delivery it is, 1-based.
    package var ordinal: Int
    /// When it came, since the scenario began.
    package var at: Duration
    /// What it got and how long that took, such as `answered 500 after 13.002s`.
    package var answer: String
    /// What the dispatcher must have made of it, such as `failure` or `failure (timeout)`.
    package var result: String
    /// The wait before it; `nil` for the first.
    package var gap: Gap?
    /// The id by which receivers know the event or its repetition; `nil` when the contract names none, or it is missing.
    package var id: String?
    package var signature: SignatureState
    /// When the dispatcher says it sent it; `nil` when it does not.
    package var timestamp: String?
    package var body: BodyFacts

    /// The wait before an attempt.
    package struct Gap: Sendable, Hashable {
        package var length: Duration
        /// From when it counts, such as `after #1 ended`.
        package var since: String
        /// What it comes to by itself, such as `in its window` or `6.997s too early`; `nil` when nothing is promised of it.
        package var verdict: String?
    }

    /// The body in a few figures.
    package struct BodyFacts: Sendable, Hashable {
        /// In bytes.
        package var length: Int
        /// The first eight digits of its SHA-256.
        package var hash: String
        /// Says that it never came to its end.
        package var isCutShort: Bool
        /// Says that a secret was cut out of it, so that the figures are those of what is left.
        package var isRedacted: Bool
    }

    /// What the attempt's signature is worth.
    package enum SignatureState: Sendable, Hashable {
        case verifies
        case doesNotVerify
        /// There is none, where the contract wants one.
        case absent
        /// It cannot be checked; the text says why.
        case unchecked(String)
        /// None is wanted.
        case none

        /// In words that follow `signature`; `nil` where there is nothing to say.
        package var words: String? {
            switch self {
            case .verifies: "verifies"
            case .doesNotVerify: "does not verify"
            case .absent: "absent"
            case .unchecked(let why): "not checked: \(why)"
            case .none: nil
            }
        }
    }
}
