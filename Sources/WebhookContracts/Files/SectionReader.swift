import Notation

/// Reads one section of a contract: a mapping in which every clause has to be present, or the bare word `unstated`.
struct SectionReader {
    /// The section's name, for messages.
    let name: String
    /// Reads the clauses.
    let clauses: ClauseReader
    /// Where the section's key stands.
    let position: SourcePosition
    /// The keys of the section; nil when the whole section is unstated or unreadable.
    private var reader: MappingReader?
    private var log: DiagnosticLog { clauses.log }

    /// Starts reading a section; a value of the wrong shape is logged and counts as unstated.
    init(_ name: String, node: YAMLNode, at position: SourcePosition, clauses: ClauseReader) {
        self.name = name
        self.clauses = clauses
        self.position = position
        switch node {
        case .mapping(let mapping):
            reader = MappingReader(mapping, log: clauses.log, what: "the section `\(name)`")
        case _ where ClauseReader.isUnstated(node): break
        default:
            clauses.log.error(
                "the section `\(name)` must be a mapping, not \(node.kindName)",
                at: node.position,
                help: "indent its clauses below `\(name):`, or write the bare word `unstated`"
            )
        }
    }

    /// Reads a clause that has to be present.
    mutating func clause<Value>(_ key: String, as form: TermForm<Value>) -> Clause<Value> {
        guard let node = present(key) else { return Clause(standing: .unstated, position: position) }
        return clauses.clause(node, named: "\(name).\(key)", at: reader?.keyPosition(key) ?? node.position, as: form)
    }

    /// Reads a clause that may be left out, which says the same as `unstated`.
    ///
    /// Only clauses that came after the first contracts were written are of this kind, so that older files stay right.
    mutating func optional<Value>(_ key: String, as form: TermForm<Value>) -> Clause<Value> {
        guard let node = reader?.node(key) else { return .unstated }
        return clauses.clause(node, named: "\(name).\(key)", at: reader?.keyPosition(key) ?? node.position, as: form)
    }

    /// Reads a list that has to be present; the bare word `unstated` is an empty one.
    mutating func list<Item>(_ key: String, _ item: (YAMLNode) -> Item?) -> [Item] {
        guard let node = present(key), !ClauseReader.isUnstated(node) else { return [] }
        guard case .sequence(let sequence) = node else {
            log.error(
                "`\(name).\(key)` must be a list, not \(node.kindName)",
                at: node.position,
                help: "write each item on a line of its own, after `- `, or write the bare word `unstated`"
            )
            return []
        }
        return sequence.items.compactMap(item)
    }

    /// Reads a list of clauses that has to be present.
    mutating func clauseList<Value>(_ key: String, as form: TermForm<Value>) -> [Clause<Value>] {
        let (name, clauses) = (name, clauses)
        return list(key) { node in
            if ClauseReader.isUnstated(node) {
                clauses.log.error(
                    "an item of `\(name).\(key)` cannot be unstated",
                    at: node.position,
                    help: "leave the item out"
                )
                return nil
            }
            let clause = clauses.clause(node, named: "\(name).\(key)", at: node.position, as: form)
            return clause.isUnstated ? nil : clause
        }
    }

    /// Logs the keys that nobody asked for.
    mutating func finish() {
        reader?.finish()
    }

    /// The value of a key; logs its absence unless the whole section is unstated.
    private mutating func present(_ key: String) -> YAMLNode? {
        guard reader != nil else { return nil }
        if let node = reader?.node(key) { return node }
        log.error(
            "the section `\(name)` does not say anything about `\(key)`",
            at: position,
            help: "add `\(key):`; when the documents are silent, write `\(key): unstated`"
        )
        return nil
    }
}
