/// By how much a time that was measured may be wrong, and why.
package struct Uncertainty: Sendable, Hashable {
    /// Never negative.
    package var amount: Duration
    /// What made it so, such as `the host stalled for 2s meanwhile`; no capital, no full stop; empty without an amount.
    package var why: String

    package init(amount: Duration, why: String) {
        self.amount = amount
        self.why = why
    }

    /// A time that is exactly what was measured.
    package static let none = Uncertainty(amount: .zero, why: "")

    package var isNone: Bool { amount == .zero }

    /// `why` as a sentence of its own.
    package var sentence: String { isNone ? "" : why.prefix(1).uppercased() + why.dropFirst() + "." }

    /// Both causes together, for no more than `most`.
    func adding(_ other: Uncertainty, atMost most: Duration) -> Uncertainty {
        let reasons = [self, other].filter { !$0.isNone }.map(\.why)
        return Uncertainty(amount: min(amount + other.amount, most), why: reasons.joined(separator: ", and "))
    }
}
