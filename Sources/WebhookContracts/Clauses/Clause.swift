package import Notation

/// One thing a provider's documents say, or do not say.
///
/// A promise is *stated*, explicitly *none*, *inferred* from other material, or *unstated*. Only the first and
/// the third have a value to hold a dispatcher to; the last is reported as such and never passes or fails.
package struct Clause<Value: Sendable & Hashable>: Sendable, Hashable {
    /// How firmly the documents stand behind the clause.
    package enum Standing: Sendable, Hashable {
        /// The documents say it.
        case stated
        /// The documents say that there is none.
        case none
        /// Other material makes it likely; `why` says which and how.
        case inferred(why: String)
        /// Nothing is said.
        case unstated
    }

    /// How firmly the documents stand behind the clause.
    package var standing: Standing
    /// What is promised; `nil` when nothing is.
    package var value: Value?
    /// Where the claim comes from: document and section.
    package var source: String?
    /// What of it is ours rather than the documents', or another thing a reader should know.
    package var note: String?
    /// Where the clause stands in the contract file.
    package var position: SourcePosition?

    /// Makes a clause from its parts.
    package init(
        standing: Standing,
        value: Value? = nil,
        source: String? = nil,
        position: SourcePosition? = nil,
        note: String? = nil
    ) {
        self.standing = standing
        self.value = value
        self.source = source
        self.position = position
        self.note = note
    }

    /// The clause about which nothing is said.
    package static var unstated: Self { Self(standing: .unstated) }

    /// Says that the documents are silent.
    package var isUnstated: Bool { standing == .unstated }

    /// Says that the documents promise the absence of the thing.
    package var isNone: Bool { standing == .none }
}
