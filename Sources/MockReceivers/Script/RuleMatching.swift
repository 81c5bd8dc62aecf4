import DeliveryScenarios

/// Holds a request against the rules of a script.
struct RuleMatching {
    /// Which rule applies, or why none does.
    enum Outcome: Equatable {
        case matched(Int)
        /// The rule with the fewest misses, and what the request misses of it.
        case unmatched(nearest: String)
    }

    let rules: [ReplyRule]
    let signatures: (any SignatureReading)?

    /// The first rule that applies to `request`.
    func outcome(for request: RequestFacts) -> Outcome {
        var fields: BodyFields?
        var nearest: (rule: ReplyRule, misses: [String])?
        for (index, rule) in rules.enumerated() {
            let misses = misses(of: rule.pattern, by: request, fields: &fields)
            if misses.isEmpty { return .matched(index) }
            if misses.count < nearest?.misses.count ?? .max { nearest = (rule, misses) }
        }
        guard let nearest else { return .unmatched(nearest: "the script has no rule") }
        return .unmatched(nearest: "nearest is '\(nearest.rule.name)': \(nearest.misses.joined(separator: "; "))")
    }

    private func misses(of pattern: RequestPattern, by request: RequestFacts, fields: inout BodyFields?) -> [String] {
        var misses: [String] = []
        if !pattern.methods.isEmpty, !pattern.methods.contains(request.method) {
            misses.append("the method is \(request.method), not \(pattern.methods.joined(separator: " or "))")
        }
        if let path = pattern.path, !path.matches(request.path) {
            misses.append("the path is '\(request.path)' and must \(path.text)")
        }
        for header in pattern.headers {
            let value = request.value(of: header.name)
            if !header.value.matches(value) { misses.append(miss("the header \(header.name)", value, header.value)) }
        }
        for field in pattern.fields {
            let read = fields ?? BodyFields(request.body)
            fields = read
            let value = read.text(at: field.pointer)
            if !field.value.matches(value) { misses.append(miss("the field \(field.pointer)", value, field.value)) }
        }
        if let wanted = pattern.signature {
            let state = signatures?.state(of: request)
            if let state, state != wanted {
                misses.append("the signature is \(state.rawValue), not \(wanted.rawValue)")
            } else if state == nil {
                misses.append("the signature cannot be judged without a contract and a secret")
            }
        }
        return misses
    }

    private func miss(_ what: String, _ value: String?, _ wanted: TextPattern) -> String {
        guard let value else { return "\(what) is absent and must \(wanted.text)" }
        return "\(what) is '\(value.prefix(80))' and must \(wanted.text)"
    }
}
