import Notation

/// Reads `resolver`, `proxy` and `network` of a scenario.
struct NetworkReader {
    let log: DiagnosticLog

    /// The words that stand for an answer without addresses.
    private static let words: [String: NameAnswer] = [
        "nxdomain": .notFound, "servfail": .serverFailure, "silence": .silence,
    ]

    private enum Guarding: String, CaseIterable {
        case open
        case guarded
    }

    func network(_ reader: inout MappingReader) -> ScenarioNetwork {
        var network = ScenarioNetwork()
        network.names = names(&reader)
        network.hasProxy = reader.bool("proxy") ?? false
        if case .mapping(let mapping)? = reader.node("network") {
            var inner = MappingReader(mapping, log: log, what: "a network")
            _ = inner.required("allowed")
            network.allowed = (inner.texts("allowed") ?? []).compactMap { block($0, at: mapping["allowed"]?.position) }
            inner.finish()
        } else if reader.choice("network", Guarding.self) == .guarded {
            network.allowed = []
        }
        return network
    }

    private func block(_ text: String, at position: SourcePosition?) -> AddressBlock? {
        if let block = AddressBlock(text) { return block }
        log.error(
            "'\(text)' is not a block of addresses",
            at: position,
            help: "write an address and how many bits of it count, such as `127.0.0.2/32`"
        )
        return nil
    }

    private func names(_ reader: inout MappingReader) -> [ScriptedName] {
        guard let mapping = reader.mapping("resolver") else { return [] }
        guard (1...ScenarioLimits.names).contains(mapping.entries.count) else {
            log.error("`resolver` must have 1 to \(ScenarioLimits.names) names", at: mapping.position)
            return []
        }
        return mapping.entries.compactMap { entry in
            let name = entry.key.text
            guard name.isHostName else {
                log.error(
                    "'\(name)' is not the name of a host",
                    at: entry.key.position,
                    help: "write lower-case letters, digits, dashes and dots, such as `hooks.example.test`"
                )
                return nil
            }
            let turns = turns(of: entry.value)
            return turns.isEmpty ? nil : ScriptedName(name: name, turns: turns)
        }
    }

    /// A single answer, or a list of answers, each of which may be a list of addresses.
    private func turns(of node: YAMLNode) -> [NameAnswer] {
        guard case .sequence(let sequence) = node else { return answer(of: node).map { [$0] } ?? [] }
        guard (1...ScenarioLimits.turnsOfName).contains(sequence.items.count) else {
            log.error("a name has 1 to \(ScenarioLimits.turnsOfName) answers", at: sequence.position)
            return []
        }
        return sequence.items.compactMap { answer(of: $0) }
    }

    private func answer(of node: YAMLNode) -> NameAnswer? {
        switch node {
        case .scalar(let scalar):
            if let answer = Self.words[scalar.text] { return answer }
            return address(scalar).map { .addresses([$0]) }
        case .sequence(let sequence):
            var addresses: [IPAddress] = []
            for item in sequence.items.prefix(ScenarioLimits.addresses) {
                guard case .scalar(let scalar) = item, let address = address(scalar) else {
                    if case .scalar = item { return nil }
                    log.error("an address is a text, not \(item.kindName)", at: item.position)
                    return nil
                }
                addresses.append(address)
            }
            guard !addresses.isEmpty, sequence.items.count <= ScenarioLimits.addresses else {
                log.error("an answer has 1 to \(ScenarioLimits.addresses) addresses", at: sequence.position)
                return nil
            }
            return .addresses(addresses)
        case .mapping(let mapping):
            log.error(
                "an answer of the resolver cannot be a mapping",
                at: mapping.position,
                help: "write an address, a list of addresses, `nxdomain`, `servfail` or `silence`"
            )
            return nil
        }
    }

    private func address(_ scalar: YAMLScalar) -> IPAddress? {
        if let address = IPAddress(scalar.text) { return address }
        log.error(
            "'\(scalar.text)' is neither an IP address nor `nxdomain`, `servfail` or `silence`",
            at: scalar.position,
            help: "write for example `127.0.0.1` or `\"::1\"`"
        )
        return nil
    }
}

extension String {
    /// Says that it can be the name of a host in a URL: labels of lower-case letters, digits and dashes, not all digits
    /// (RFC 1123 section 2.1), at most 253 characters.
    var isHostName: Bool {
        let labels = split(separator: ".", omittingEmptySubsequences: false)
        guard (1...253).contains(utf8.count), let last = labels.last, last.utf8.contains(where: { $0 > 0x39 }) else {
            return false
        }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
        }
    }
}
