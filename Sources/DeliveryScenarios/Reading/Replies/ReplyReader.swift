import Notation

/// Reads the replies of a receiver.
struct ReplyReader {
    let log: DiagnosticLog
    /// Says that the replies are those of a rule, which requests alone can meet.
    var isOfRule = false

    /// Reads the key `receiver`: a list of replies, by attempt.
    func lane(_ reader: inout MappingReader) -> ScriptLane {
        guard let sequence = reader.sequence("receiver") else { return .harmless }
        guard (1...ScenarioLimits.replies).contains(sequence.items.count) else {
            log.error(
                "`receiver` must have 1 to \(ScenarioLimits.replies) replies",
                at: sequence.position,
                help: "write `- respond: 200`, for example; the last reply repeats"
            )
            return .harmless
        }
        var lane = ScriptLane()
        for node in sequence.items {
            if let item = item(node) { lane.add(item, at: node.position) }
        }
        lane.finish()
        return lane
    }

    private static let modifiers = ["times", "for", "every", "with", "from"]

    private func item(_ node: YAMLNode) -> ScriptItem? {
        guard case .mapping(let mapping) = node, (mapping["respond"] == nil) != (mapping["fault"] == nil) else {
            return refuse(node)
        }
        var reader = MappingReader(mapping, log: log, what: "a reply")
        defer { reader.finish() }
        var timing = TurnTiming()
        let reply: Reply?
        if let node = reader.node("respond") {
            reply = respond(node, &reader).map { .respond($0) }
        } else {
            reply = FaultReader(log: log).fault(&reader, &timing)
        }
        let problems = log.diagnostics.count
        read(&timing, &reader)
        // What is wrong with a single value was told already.
        guard let reply, log.diagnostics.count == problems else { return nil }
        let place = Self.modifiers.compactMap { reader.keyPosition($0) }.first ?? node.position
        if isOfRule, reply.happensToConnection {
            log.error(
                "\"\(reply.summary)\" happens before a request can be read, so no rule can choose it",
                at: node.position,
                help: "put it into the endpoint's own `receiver`"
            )
            return nil
        }
        do {
            return try timing.item(reply)
        } catch {
            log.error(error.message, at: place, help: error.help)
            return nil
        }
    }

    /// Says what is wrong with something that is neither an answer nor a fault, or both.
    private func refuse(_ node: YAMLNode) -> ScriptItem? {
        let known = ["respond", "fault"] + Self.modifiers
        if case .mapping(let mapping) = node, mapping["respond"] == nil,
            mapping.entries.contains(where: { !known.contains($0.key.text) })
        {
            var reader = MappingReader(mapping, log: log, what: "a reply")
            reader.finish(alsoKnown: known)
            return nil
        }
        log.error(
            "a reply must be `respond` or `fault`",
            at: node.position,
            help: "write `- respond: 500` or `- fault: reset`; what belongs to a reply goes in braces behind it"
        )
        return nil
    }

    private func respond(_ node: YAMLNode, _ outer: inout MappingReader) -> Response? {
        guard case .mapping(let mapping) = node else {
            return outer.int("respond", in: 100...599).map { Response(status: $0) }
        }
        var reader = MappingReader(mapping, log: log, what: "a response")
        _ = reader.required("status")
        var response = Response(status: 200)
        AnswerReader(log: log).read(into: &response, &reader)
        let delay = DelayReader(log: log).delay("after", &reader)
        (response.after, response.spread) = (delay.after, delay.spread)
        reader.finish()
        return response
    }

    private func read(_ timing: inout TurnTiming, _ reader: inout MappingReader) {
        if reader.node("times") != nil { timing.times = reader.int("times", in: 1...TurnTiming.most) }
        if reader.node("for") != nil { timing.duration = reader.duration("for") }
        timing.every = reader.value("every", wanted: "`2nd`, `3rd` or so", TimingText.every)
        let chance = reader.value("with", wanted: "a percentage such as `20 %`", TimingText.chance)
        (timing.chance, timing.seed) = (chance?.chance, chance?.seed)
        timing.from = reader.duration("from")
    }
}
