package import Notation
import WebhookSigning

/// Opens contract files.
package enum ContractFile {
    /// Reads a contract with variants applied, in order.
    ///
    /// - Throws: every error of the file, its example bodies and its schema in one go: unknown keys, clauses that are
    ///   missing or lack a source, unknown variants, contradictions.
    package static func load(path: String, variants: [String] = []) throws(DiagnosticList) -> Contract {
        try read(path: path, variants: variants).contract
    }

    /// Reads a contract as ``load(path:variants:)`` does and gives the warnings too.
    package static func read(path: String, variants: [String] = []) throws(DiagnosticList) -> ContractReading {
        let source: SourceText
        do {
            source = try SourceText.read(path: path)
        } catch {
            throw DiagnosticList([error])
        }
        return try read(source, variants: variants)
    }

    /// Reads a contract from a text; the files it names are looked for beside the text's path.
    package static func read(_ source: SourceText, variants: [String] = []) throws(DiagnosticList) -> ContractReading {
        let log = DiagnosticLog(source: source)
        guard let node = YAMLReader.parse(source, log: log) else { throw log.list }
        guard case .mapping(let root) = node else {
            log.error("a contract must be a mapping, not \(node.kindName)", at: node.position)
            throw log.list
        }
        let merge = VariantMerge(root, applying: variants, log: log)
        var reader = ContractReader(
            merge.merged,
            documents: documentNames(root),
            log: log,
            files: ContractFolder(ofContract: source.path)
        )
        var contract = reader.contract(
            fingerprint: Fingerprint.sha256Hex(Array(source.text.utf8)),
            variants: merge.summaries,
            applied: variants
        )
        contract.text = source
        if !variants.isEmpty {
            contract.events = ExampleMove.adapt(contract, from: baseBody(of: root, source: source))
        }
        var found = log.diagnostics + reader.files.diagnostics
        // A contract that could not be read in full would seem to contradict itself.
        if !found.contains(where: { $0.severity == .error }) { found += ContractLint.problems(in: contract) }
        let list = DiagnosticList(found)
        if list.hasErrors { throw list }
        return ContractReading(contract: contract, warnings: list.diagnostics, source: source)
    }

    /// The body terms without any variant; its problems are those of the merged file or of the base, told elsewhere.
    private static func baseBody(of root: YAMLMapping, source: SourceText) -> BodyTerms {
        let silent = DiagnosticLog(source: source)
        var reader = ContractReader(
            root,
            documents: documentNames(root),
            log: silent,
            files: ContractFolder(ofContract: source.path)
        )
        return reader.body()
    }

    private static func documentNames(_ root: YAMLMapping) -> [String] {
        guard case .mapping(let documents)? = root["documents"] else { return [] }
        return documents.entries.map(\.key.text)
    }
}

/// A contract that was read, with what is doubtful about its file.
package struct ContractReading: Sendable {
    /// The contract.
    package let contract: Contract
    /// What can be used but probably says something else than was meant.
    package let warnings: [Diagnostic]
    /// The file, for showing the warnings.
    package let source: SourceText
}
