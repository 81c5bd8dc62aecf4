package import Notation

/// One clause of a contract in words: what `contract show` prints, and what a report counts.
package struct ContractStatement: Sendable, Hashable {
    /// The standing of a clause as one word.
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        case stated
        case none
        case inferred
        case unstated
    }

    /// The section the clause belongs to; nil for the clauses of the top level.
    package var section: String?
    /// The clause's own name, such as `scheme` or a header's name.
    package var name: String
    /// How firmly the documents stand behind it.
    package var standing: Standing
    /// What is said, in the notation of the file; nil when nothing is.
    package var text: String?
    /// Why it was inferred; nil for what was not.
    package var why: String?
    /// Where it comes from.
    package var source: String?
    /// What else a reader should know.
    package var note: String?
    /// Where it stands in the contract file.
    package var position: SourcePosition?

    /// What follows an event's name in the clause about the name under which it is sent.
    package static let wireNameMark = ", as sent"

    /// The section and the name, such as `transport.scheme`.
    package var path: String {
        section.map { "\($0).\(name)" } ?? name
    }

    init<Value>(_ section: String?, _ name: String, _ clause: Clause<Value>, _ form: TermForm<Value>) {
        self.section = section
        self.name = name
        text = clause.value.map(form.write)
        source = clause.source
        note = clause.note
        position = clause.position
        switch clause.standing {
        case .stated: standing = .stated
        case .none: standing = .none
        case .inferred(let reason):
            standing = .inferred
            why = reason
        case .unstated: standing = .unstated
        }
    }

    /// A list about which nothing is said.
    init(unstated name: String, in section: String?) {
        self.init(section, name, Clause<String>.unstated, .sentence)
    }
}
