import Notation

/// Reads clauses: `{says: …, source: …}`, `{none: true, source: …}`, `{inferred: …, why: …, source: …}`, `unstated`.
struct ClauseReader {
    /// Takes the problems.
    let log: DiagnosticLog
    /// The short names of the documents a source may begin with.
    let documents: [String]
    /// What stands between a document's short name and the place in it.
    static let placeMark = " § "

    /// Reads one clause; gives the unstated one after logging what is wrong.
    ///
    /// - Parameters:
    ///   - name: what messages call the clause, such as `transport.scheme`.
    ///   - position: where its key or list item stands.
    func clause<Value>(
        _ node: YAMLNode,
        named name: String,
        at position: SourcePosition,
        as form: TermForm<Value>
    ) -> Clause<Value> {
        let nothing = Clause<Value>(standing: .unstated, position: position)
        if Self.isUnstated(node) { return nothing }
        guard case .mapping(let mapping) = node else {
            log.error(
                "`\(name)` is not a clause, but \(node.kindName)",
                at: node.position,
                help: "write `{ says: …, source: … }`, or the bare word `unstated`"
            )
            return nothing
        }
        var reader = MappingReader(mapping, log: log, what: "the clause `\(name)`")
        let clause =
            Self.choices.filter { mapping[$0] != nil }.count == 1
            ? read(&reader, name: name, at: position, as: form) : withoutChoice(&reader, name: name)
        reader.finish(alsoKnown: Self.choices)
        return clause ?? nothing
    }

    /// Whether a value is the bare word `unstated`.
    static func isUnstated(_ node: YAMLNode) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.text == "unstated" && !scalar.isQuoted
    }

    /// Whether a mapping is a clause rather than a group of clauses.
    static func isClause(_ mapping: YAMLMapping) -> Bool {
        choices.contains { mapping[$0] != nil }
    }

    private static let choices = ["says", "none", "inferred"]

    private func read<Value>(
        _ reader: inout MappingReader,
        name: String,
        at position: SourcePosition,
        as form: TermForm<Value>
    ) -> Clause<Value>? {
        var clause = Clause<Value>(standing: .stated, position: position)
        let mapping = reader.mapping
        if mapping["says"] != nil {
            clause.value = form.read(&reader, "says")
        } else if mapping["inferred"] != nil {
            clause.value = form.read(&reader, "inferred")
            let why = reader.required("why", as: TermForm<String>.sentence)
            clause.standing = .inferred(why: why ?? "")
        } else {
            clause.standing = .none
            if reader.bool("none") == false {
                log.error(
                    "`\(name)`: `none` can only be `true`",
                    at: mapping["none"]?.position,
                    help: "write `none: true`"
                )
            }
        }
        clause.source = source(&reader)
        clause.note = TermForm<String>.sentence.read(&reader, "note")
        guard clause.standing == .none || clause.value != nil else { return nil }
        return clause
    }

    private func withoutChoice<Value>(_ reader: inout MappingReader, name: String) -> Clause<Value>? {
        let given = Self.choices.filter { reader.mapping[$0] != nil }
        if given.isEmpty {
            log.error(
                "the clause `\(name)` says nothing",
                at: reader.mapping.position,
                help: "add `says:`, `none: true` or `inferred:`, or write the bare word `unstated` instead"
            )
        } else {
            log.error(
                "the clause `\(name)` has both `\(given[0])` and `\(given[1])`",
                at: reader.keyPosition(given[1]),
                help: "keep the one that the documents support"
            )
        }
        for key in ["source", "why", "note"] { _ = reader.node(key) }
        return nil
    }

    /// Reads where a claim comes from, and holds it against the list of documents.
    private func source(_ reader: inout MappingReader) -> String? {
        guard let text = reader.required("source", as: TermForm<String>.sentence) else { return nil }
        let document = text.firstRange(of: Self.placeMark).map { String(text[..<$0.lowerBound]) } ?? text
        if !documents.contains(document) {
            log.error(
                "the source '\(text)' begins with no document of `documents`",
                at: reader.mapping["source"]?.position,
                help: Suggestion.help(for: document, among: documents, kind: "documents")
                    ?? "list the document under `documents:` first"
            )
        }
        return text
    }
}
