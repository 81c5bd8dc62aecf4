import Notation

/// The documents a contract rests on: a short name for the sources, and what and where the document is.
enum DocumentList {
    /// One document.
    struct Entry {
        let name: String
        let address: String
    }

    /// Reads `documents: { short name: title and address }`.
    static func read(_ node: YAMLNode?, log: DiagnosticLog) -> [Entry] {
        guard case .mapping(let mapping)? = node else {
            log.error(
                "a contract has to name the documents it rests on",
                at: node?.position,
                help: "add `documents:` with a short name and the title and address of each"
            )
            return []
        }
        var reader = MappingReader(mapping, log: log, what: "the list of documents")
        return mapping.entries.compactMap { entry in
            reader.required(entry.key.text, as: TermForm<String>.sentence).map {
                Entry(name: entry.key.text, address: $0)
            }
        }
    }
}
