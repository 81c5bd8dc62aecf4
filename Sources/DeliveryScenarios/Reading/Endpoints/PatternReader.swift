import Notation

/// Reads what a request must be like for a rule to apply.
struct PatternReader {
    let log: DiagnosticLog

    func pattern(_ mapping: YAMLMapping) -> RequestPattern? {
        var reader = MappingReader(mapping, log: log, what: "a pattern")
        let problems = log.diagnostics.count
        let pattern = RequestPattern(
            methods: methods(&reader),
            path: path(&reader),
            headers: headers(&reader),
            fields: fields(&reader),
            signature: reader.choice("signature", RequestPattern.SignatureState.self)
        )
        reader.finish()
        guard log.diagnostics.count == problems else { return nil }
        guard pattern != RequestPattern() else {
            log.error(
                "`when` says nothing, so the rule would take every request",
                at: mapping.position,
                help: "name `method`, `path`, `headers`, `body` or `signature`, or put the replies into `receiver`"
            )
            return nil
        }
        return pattern
    }

    private func methods(_ reader: inout MappingReader) -> [String] {
        let methods = reader.texts("method") ?? []
        for method in methods where !method.isHeaderName || method != method.uppercased() {
            log.error(
                "'\(method)' is not a method",
                at: reader.mapping["method"]?.position,
                help: method.isHeaderName ? "write `\(method.uppercased())`: methods are upper-case" : "write `POST`"
            )
        }
        return methods
    }

    private func path(_ reader: inout MappingReader) -> TextPattern? {
        guard let node = reader.node("path") else { return nil }
        guard let pattern = text(node, key: "path") else { return nil }
        guard case .equals(let path) = pattern else { return pattern }
        if path.contains("?") {
            log.error(
                "`path` is held against the target without its query",
                at: node.position,
                help: "leave out `?` and what follows"
            )
        } else if !path.hasPrefix("/"), path != "*" {
            log.error("'\(path)' is not a path", at: node.position, help: "start with `/`, or write `{ contains: … }`")
        } else if path.contains("*"), case .scalar = node {
            log.error(
                "`*` stands for itself here",
                at: node.position,
                help: "write `path: { like: \"\(path)\" }` to let it stand for anything"
            )
        }
        return pattern
    }

    private func headers(_ reader: inout MappingReader) -> [RequestPattern.HeaderPattern] {
        (reader.mapping("headers")?.entries ?? []).compactMap { entry -> RequestPattern.HeaderPattern? in
            let name = entry.key.text
            guard name.isHeaderName else {
                log.error("'\(name)' is not the name of a header", at: entry.key.position)
                return nil
            }
            return text(entry.value, key: name).map { RequestPattern.HeaderPattern(name: name, value: $0) }
        }
    }

    private func fields(_ reader: inout MappingReader) -> [RequestPattern.FieldPattern] {
        guard let mapping = reader.mapping("body") else { return [] }
        var fields: [RequestPattern.FieldPattern] = []
        for entry in mapping.entries {
            do {
                let pointer = try JSONPointer(entry.key.text)
                guard let value = text(entry.value, key: entry.key.text) else { continue }
                fields.append(RequestPattern.FieldPattern(pointer: pointer, value: value))
            } catch {
                log.error(error.message, at: entry.key.position, help: error.help)
            }
        }
        return fields
    }

    private enum Way: String, CaseIterable {
        case equals
        case contains
        case startsWith = "starts_with"
        case like
    }

    /// Reads `bar`, `present`, `absent`, or one way of comparing as a mapping; only there are the two words texts.
    private func text(_ node: YAMLNode, key: String) -> TextPattern? {
        let ways = Way.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        switch node {
        case .scalar(let scalar):
            guard !scalar.isEmpty else {
                log.error(
                    "`\(key)` has no value to compare with",
                    at: node.position,
                    help: "write `present`, `absent`, a text, or \(ways) with one"
                )
                return nil
            }
            if key == "path" || scalar.isQuoted { return .equals(scalar.text) }
            return scalar.text == "present" ? .present : scalar.text == "absent" ? .absent : .equals(scalar.text)
        case .mapping(let mapping):
            var reader = MappingReader(mapping, log: log, what: "a comparison")
            let found = Way.allCases.compactMap { way in reader.text(way.rawValue).map { (way, $0) } }
            reader.finish()
            guard let (way, wanted) = found.first, mapping.entries.count == 1 else {
                if found.count == mapping.entries.count {
                    log.error("a comparison needs one of \(ways)", at: node.position, help: "leave out the others")
                }
                return nil
            }
            switch way {
            case .equals: return .equals(wanted)
            case .contains: return .contains(wanted)
            case .startsWith: return .startsWith(wanted)
            case .like: return .like(wanted)
            }
        case .sequence:
            log.error(
                "`\(key)` must be a text or a comparison, not a list",
                at: node.position,
                help: "write a rule for each, or \(ways) with one text"
            )
            return nil
        }
    }
}
