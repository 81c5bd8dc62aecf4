import Notation

/// Reads the key `match`: other replies for certain requests.
struct RuleReader {
    let log: DiagnosticLog

    /// A rule and where its replies stand.
    struct Read {
        var rule: ReplyRule
        var positions: [ReplyPlace.Item: SourcePosition]
    }

    func rules(_ reader: inout MappingReader) -> [Read] {
        guard reader.node("match") != nil, let sequence = reader.sequence("match") else { return [] }
        guard (1...ScenarioLimits.rules).contains(sequence.items.count) else {
            log.error(
                "`match` must have 1 to \(ScenarioLimits.rules) rules",
                at: sequence.position,
                help: "write `- { when: { path: /orders }, receiver: [{ respond: 503 }] }`, for example"
            )
            return []
        }
        var rules: [Read] = []
        for (index, node) in sequence.items.enumerated() {
            guard let rule = rule(node, number: index + 1) else { continue }
            if rules.contains(where: { $0.rule.name == rule.rule.name }) {
                log.error(
                    "two rules are called `\(rule.rule.name)`",
                    at: node.position,
                    help: "give each a `name` of its own; a rule without one is called by its place, such as `rule-2`"
                )
            }
            rules.append(rule)
        }
        return rules
    }

    private func rule(_ node: YAMLNode, number: Int) -> Read? {
        guard case .mapping(let mapping) = node else {
            log.error(
                "a rule must be a mapping, not \(node.kindName)",
                at: node.position,
                help: "give it `when:` and `receiver:`"
            )
            return nil
        }
        var reader = MappingReader(mapping, log: log, what: "a rule")
        defer { reader.finish() }
        let name = reader.value("name", wanted: "a name such as `orders`") { text throws(NotationError) in
            guard text.isPlainName else {
                throw NotationError(
                    message: "'\(text)' is not a name for a rule",
                    help: "write lower-case letters, digits and dashes, starting with a letter"
                )
            }
            return text
        }
        let pattern = reader.required("when").flatMap { _ in reader.mapping("when") }
            .flatMap { PatternReader(log: log).pattern($0) }
        let hasReplies = reader.required("receiver") != nil
        let lane = ReplyReader(log: log, isOfRule: true).lane(&reader)
        guard let pattern, hasReplies else { return nil }
        let rule = ReplyRule(
            name: name ?? "rule-\(number)",
            pattern: pattern,
            turns: lane.turns,
            interruptions: lane.interruptions
        )
        return Read(rule: rule, positions: lane.positions)
    }
}
