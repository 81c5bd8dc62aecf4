/// An entry of the catalogue of checks that cannot be judged from outside, and why.
package struct NotJudgeable: Sendable, Hashable {
    /// The entry's code, such as `X4`.
    package var code: String
    /// Why nothing that can be recorded would prove or disprove it, as a clause.
    package var reason: String

    /// All of them.
    package static let all: [NotJudgeable] = []
}
