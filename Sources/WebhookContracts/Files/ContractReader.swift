import Notation

/// Reads the tree of a contract file, variants already merged, into a contract.
struct ContractReader {
    /// Takes the problems.
    let log: DiagnosticLog
    /// Reads the clauses.
    let clauses: ClauseReader
    /// Opens the files the contract names.
    var files: ContractFolder
    private var root: MappingReader

    /// The sections and clauses of the top level, in the order `contract show` prints them.
    static let sections = [
        "transport", "endpoint", "gates", "events", "publication", "headers", "body", "signature", "response_limit",
        "latency", "success", "retry", "dedup", "guarantee", "ordering", "disablement", "delivery_log",
    ]

    /// Starts reading.
    init(_ mapping: YAMLMapping, documents: [String], log: DiagnosticLog, files: ContractFolder) {
        self.log = log
        self.files = files
        self.root = MappingReader(mapping, log: log, what: "a contract")
        self.clauses = ClauseReader(log: log, documents: documents)
    }

    /// Reads everything; problems are in the log, and what could not be read counts as unstated.
    mutating func contract(fingerprint: String, variants: [VariantSummary], applied: [String]) -> Contract {
        let provider = root.required("provider", as: TermForm<String>.sentence) ?? ""
        let slug = slug()
        let documents = DocumentList.read(root.node("documents"), log: log)
        var contract = Contract(
            provider: provider,
            slug: slug,
            documents: documents.map { "\($0.name): \($0.address)" },
            path: log.source.path,
            fingerprint: fingerprint,
            appliedVariants: applied,
            variants: variants,
            transport: transport(),
            endpoint: endpoint(),
            gates: gates(),
            events: events(),
            publication: publication(),
            headers: headers(),
            body: body(),
            signature: signature(),
            responseLimit: clause("response_limit", as: .responseLimit),
            latency: clause("latency", as: .duration),
            success: clause("success", as: .statuses),
            retry: retry(),
            dedup: clause("dedup", as: .dedupKey),
            guarantee: clause("guarantee", as: .word),
            ordering: clause("ordering", as: .word),
            disablement: disablement(),
            deliveryLog: clause("delivery_log", as: .deliveryLog)
        )
        if let node = root.node("first_response_limit") {
            contract.firstResponseLimit = clauses.clause(
                node,
                named: "first_response_limit",
                at: root.keyPosition("first_response_limit") ?? node.position,
                as: .responseLimit
            )
        }
        if let schema = contract.body.schema.value {
            contract.payloadSchema = files.schema(schema, namedAt: contract.body.schema.position, log: log)
        }
        root.finish(alsoKnown: ["documents", "variants"])
        return contract
    }

    /// Starts reading a section; an absent one is logged once and its clauses count as unstated.
    mutating func section(_ name: String) -> SectionReader {
        let node =
            present(name) ?? .scalar(YAMLScalar(text: "unstated", isQuoted: false, position: root.mapping.position))
        return SectionReader(name, node: node, at: root.keyPosition(name) ?? node.position, clauses: clauses)
    }

    /// Reads a clause of the top level.
    private mutating func clause<Value>(_ key: String, as form: TermForm<Value>) -> Clause<Value> {
        guard let node = present(key) else { return Clause(standing: .unstated, position: root.mapping.position) }
        return clauses.clause(node, named: key, at: root.keyPosition(key) ?? node.position, as: form)
    }

    /// Reads a list of the top level; the bare word `unstated` is an empty one.
    mutating func items<Item>(_ key: String, _ item: (YAMLNode) -> Item?) -> [Item] {
        guard let node = present(key), !ClauseReader.isUnstated(node) else { return [] }
        guard case .sequence(let sequence) = node else {
            log.error(
                "`\(key)` must be a list, not \(node.kindName)",
                at: node.position,
                help: "write each item after `- `, or write the bare word `unstated`"
            )
            return []
        }
        return sequence.items.compactMap(item)
    }

    /// Starts reading an item that has to be a mapping.
    static func item(_ node: YAMLNode, what: String, log: DiagnosticLog) -> MappingReader? {
        guard case .mapping(let mapping) = node else {
            log.error("\(what) must be a mapping, not \(node.kindName)", at: node.position)
            return nil
        }
        return MappingReader(mapping, log: log, what: what)
    }

    /// Reads a clause of an item; it has to be present.
    static func clause<Value>(
        _ key: String,
        in item: inout MappingReader,
        of list: String,
        clauses: ClauseReader,
        as form: TermForm<Value>
    ) -> Clause<Value> {
        guard let node = item.required(key) else {
            return Clause(standing: .unstated, position: item.mapping.position)
        }
        return clauses.clause(node, named: "\(list).\(key)", at: item.keyPosition(key) ?? node.position, as: form)
    }

    private mutating func present(_ key: String) -> YAMLNode? {
        if let node = root.node(key) { return node }
        log.error(
            "the contract does not say anything about `\(key)`",
            at: root.mapping.position,
            help: "add `\(key):`; when the documents are silent, write `\(key): unstated`"
        )
        return nil
    }

    private mutating func slug() -> String {
        guard let slug = root.required("slug", as: TermForm<String>.sentence) else { return "" }
        let words = slug.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isPlain = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        if !isPlain {
            log.error(
                "the slug '\(slug)' is more than words of lower-case letters and digits, joined by hyphens",
                at: root.mapping["slug"]?.position,
                help: "write the name of the contract's folder"
            )
        } else if let folder = files.name, folder != slug {
            log.warning(
                "the slug '\(slug)' is not the name of the contract's folder, '\(folder)'",
                at: root.mapping["slug"]?.position,
                help: "give both the same name"
            )
        }
        return slug
    }
}
