import Notation

/// Variants of a contract: which there are, and what the file says when some of them apply.
struct VariantMerge {
    /// The file with the chosen variants applied.
    let merged: YAMLMapping
    /// Every variant the file offers.
    let summaries: [VariantSummary]

    /// Applies variants in the order they are named; what is wrong is logged.
    init(_ root: YAMLMapping, applying names: [String], log: DiagnosticLog) {
        let variants = Self.read(root["variants"], log: log)
        summaries = variants.map { VariantSummary(name: $0.name, says: $0.says) }
        var merged = root
        merged.entries.removeAll { $0.key.text == "variants" }
        for (index, name) in names.enumerated() where !names[..<index].contains(name) {
            guard let variant = variants.first(where: { $0.name == name }) else {
                let known = variants.map(\.name)
                log.error(
                    "there is no variant '\(name)'",
                    at: nil,
                    help: Suggestion.help(for: name, among: known, kind: "variants") ?? "this contract has no variants"
                )
                continue
            }
            merged = Self.merge(variant.changes, into: merged)
        }
        self.merged = merged
    }

    private struct Variant {
        let name: String
        let says: String
        let changes: YAMLMapping
    }

    private static let fixedKeys = ["provider", "slug", "documents", "variants"]

    private static func read(_ node: YAMLNode?, log: DiagnosticLog) -> [Variant] {
        guard let node else { return [] }
        guard case .mapping(let mapping) = node else {
            log.error("`variants` must be a mapping of names, not \(node.kindName)", at: node.position)
            return []
        }
        return mapping.entries.compactMap { entry in
            guard var reader = ContractReader.item(entry.value, what: "a variant", log: log) else { return nil }
            let says = reader.required("says", as: TermForm<String>.sentence)
            let changes = reader.required("changes").flatMap { _ in reader.mapping("changes") }
            reader.finish()
            for change in changes?.entries ?? [] where fixedKeys.contains(change.key.text) {
                log.error(
                    "a variant cannot change `\(change.key.text)`",
                    at: change.key.position,
                    help: "change sections and clauses only"
                )
            }
            guard let says, let changes else { return nil }
            return Variant(name: entry.key.text, says: says, changes: changes)
        }
    }

    /// Puts the changes over the base: groups of clauses are merged, clauses, lists and words are replaced whole.
    private static func merge(_ changes: YAMLMapping, into base: YAMLMapping) -> YAMLMapping {
        var merged = base
        for change in changes.entries {
            guard let index = merged.entries.firstIndex(where: { $0.key.text == change.key.text }) else {
                merged.entries.append(change)
                continue
            }
            if case .mapping(let new) = change.value, case .mapping(let old) = merged.entries[index].value,
                !ClauseReader.isClause(new), !ClauseReader.isClause(old)
            {
                merged.entries[index].value = .mapping(merge(new, into: old))
            } else {
                merged.entries[index] = change
            }
        }
        return merged
    }
}
