/// Whether a receiver does on this host what it says it does.
package enum ProofVerdict: Sendable, Hashable {
    case real
    /// The reasons, each one sentence without a full stop.
    case notReal([String])
    /// It cannot be found out, or not wholly, for this reason.
    case notHere(String)

    package var isNotReal: Bool {
        if case .notReal = self { true } else { false }
    }

    /// The verdict as it stands in the table.
    package var text: String {
        switch self {
        case .real: "real"
        case .notReal: "NOT REAL"
        case .notHere: "not here"
        }
    }

    /// Why; empty when there is nothing to say.
    package var reasons: [String] {
        switch self {
        case .real: []
        case .notReal(let reasons): reasons
        case .notHere(let reason): [reason]
        }
    }
}
