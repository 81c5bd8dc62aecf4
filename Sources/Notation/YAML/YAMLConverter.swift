import Yams

/// Turns the parser's tree into ours and refuses what we do not support.
struct YAMLConverter {
    private let log: DiagnosticLog
    private var nodeCount = 0

    init(log: DiagnosticLog) {
        self.log = log
    }

    /// Converts one value and all below it, or logs the first reason why not.
    mutating func convert(_ node: Node, depth: Int) -> YAMLNode? {
        let position = Self.position(of: node)
        nodeCount += 1
        guard nodeCount <= YAMLReader.mostNodes else {
            return refuse("the file has more than \(YAMLReader.mostNodes) values", at: position, help: "split the file")
        }
        guard depth <= YAMLReader.deepest else {
            return refuse(
                "lists and mappings are nested deeper than \(YAMLReader.deepest)",
                at: position,
                help: "nest them less"
            )
        }
        guard !hasAnchor(node, at: position), !hasTag(Self.tagName(of: node), at: position) else { return nil }
        switch node {
        case .scalar(let scalar): return .scalar(Self.scalar(scalar, at: position))
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for item in sequence {
                guard let item = convert(item, depth: depth + 1) else { return nil }
                items.append(item)
            }
            return .sequence(YAMLSequence(items: items, position: position))
        case .mapping(let mapping):
            var entries: [YAMLEntry] = []
            for (key, value) in mapping {
                guard let key = convertKey(key), let value = convert(value, depth: depth + 1) else { return nil }
                entries.append(YAMLEntry(key: key, value: value))
            }
            return .mapping(YAMLMapping(entries: entries, position: position))
        case .alias:
            return refuseReference(at: position)
        }
    }

    private mutating func convertKey(_ node: Node) -> YAMLScalar? {
        let position = Self.position(of: node)
        nodeCount += 1
        guard !hasAnchor(node, at: position) else { return nil }
        guard case .scalar(let scalar) = node else {
            log.error("a key has to be text, not a list or a mapping", at: position, help: "write the key as one word")
            return nil
        }
        // The parser resolves the tags of keys to compare them, so that of text says nothing here.
        let tag = scalar.tag.rawValue
        guard tag == Tag.Name.str.rawValue || !hasTag(tag, at: position) else { return nil }
        let key = Self.scalar(scalar, at: position)
        if key.text == "<<", !key.isQuoted {
            log.error("the merge key `<<` is not supported", at: position, help: "write the keys out")
            return nil
        }
        if key.isEmpty {
            log.error("there is no key before this colon", at: position, help: "write a key")
            return nil
        }
        return key
    }

    private func hasAnchor(_ node: Node, at position: SourcePosition) -> Bool {
        guard node.anchor != nil else { return false }
        _ = refuseReference(at: position)
        return true
    }

    private func hasTag(_ tag: String, at position: SourcePosition) -> Bool {
        guard !tag.isEmpty else { return false }
        let shown = tag.replacingPrefix("tag:yaml.org,2002:", with: "!!")
        log.error("the tag `\(shown)` is not supported", at: position, help: "leave it out; quotes make text")
        return true
    }

    private func refuseReference(at position: SourcePosition) -> YAMLNode? {
        refuse("anchors and aliases are not supported", at: position, help: "write the value out in each place")
    }

    private func refuse(_ message: String, at position: SourcePosition, help: String) -> YAMLNode? {
        log.error(message, at: position, help: help)
        return nil
    }

    /// The name of a tag that was written, or nothing.
    private static func tagName(of node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            // The parser gives every scalar in quotes the tag of text, whether it was written or not.
            let isQuotedText = scalar.style != .plain && scalar.tag.rawValue == Tag.Name.str.rawValue
            return isQuotedText ? "" : scalar.tag.rawValue
        case .mapping(let mapping): return mapping.tag.rawValue
        case .sequence(let sequence): return sequence.tag.rawValue
        case .alias: return ""
        }
    }

    private static func scalar(_ scalar: Node.Scalar, at position: SourcePosition) -> YAMLScalar {
        YAMLScalar(text: scalar.string, isQuoted: scalar.style != .plain, position: position)
    }

    private static func position(of node: Node) -> SourcePosition {
        guard let mark = node.mark else { return SourcePosition(line: 1, column: 1) }
        return SourcePosition(line: mark.line, column: mark.column)
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with replacement: String) -> String {
        hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
    }
}
