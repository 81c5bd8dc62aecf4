import Notation

/// Reads the steps of a scenario.
struct StepReader {
    let log: DiagnosticLog
    /// The names of the scenario's endpoints.
    let endpoints: [String]

    /// How long `stop` waits for the dispatcher when the scenario does not say.
    static let stopLimit = Duration.seconds(10)

    private static let words = [
        "emit", "burst", "await", "wait", "quiet", "enable", "disable", "delete", "rotate", "test", "kill", "stop",
        "restart",
        "at", "pause", "resume", "store", "second-instance",
        "change", "redeliver", "read-log",
    ]

    func steps(_ reader: inout MappingReader) -> [Step] {
        guard reader.required("steps") != nil, let sequence = reader.sequence("steps") else { return [] }
        guard (1...ScenarioLimits.steps).contains(sequence.items.count) else {
            log.error(
                "`steps` must have 1 to \(ScenarioLimits.steps) steps",
                at: sequence.position,
                help: "write `- emit: <event>` and `- quiet`, for example"
            )
            return []
        }
        return sequence.items.compactMap { node in
            action(node).map { Step(action: $0, position: node.position) }
        }
    }

    private func action(_ node: YAMLNode) -> StepAction? {
        switch node {
        case .scalar(let scalar): return word(scalar)
        case .mapping(let mapping) where mapping.entries.count == 1:
            var reader = MappingReader(mapping, log: log, what: "a step")
            // In a plain word's place a key without value means the same.
            if let entry = mapping.entries.first, case .scalar(let value) = entry.value, value.isEmpty,
                let action = bare(entry.key.text)
            {
                return action
            }
            let action = action(&reader)
            reader.finish(alsoKnown: Self.words)
            return action
        default:
            log.error(
                "a step must be one word or one key",
                at: node.position,
                help: "write `- emit: job.created` or `- quiet`; what belongs to a step goes in braces behind it"
            )
            return nil
        }
    }

    private func bare(_ word: String) -> StepAction? {
        switch word {
        case "quiet": .quiet(atLeast: nil)
        case "read-log": .readLog
        case "kill": .kill
        case "stop": .stop(within: Self.stopLimit)
        case "restart": .restart
        case "pause": .pause(service: nil)
        case "resume": .resume(service: nil)
        case "second-instance": .secondInstance
        default: nil
        }
    }

    private func word(_ scalar: YAMLScalar) -> StepAction? {
        if let action = bare(scalar.text) { return action }
        if Self.words.contains(scalar.text) {
            log.error("`\(scalar.text)` needs a value", at: scalar.position, help: "write `- \(scalar.text): …`")
        } else {
            let help = Suggestion.help(for: scalar.text, among: Self.words, kind: "steps")
            log.error("'\(scalar.text)' is not a step", at: scalar.position, help: help)
        }
        return nil
    }

    private func action(_ reader: inout MappingReader) -> StepAction? {
        if reader.node("emit") != nil { return emit(&reader) }
        if reader.node("burst") != nil { return burst(&reader) }
        if reader.node("await") != nil { return awaitAttempts(&reader) }
        if reader.node("wait") != nil { return reader.duration("wait").map { .wait($0) } }
        if reader.node("quiet") != nil { return reader.duration("quiet").map { .quiet(atLeast: $0) } }
        if reader.node("enable") != nil { return endpoint("enable", &reader).map { .enable(endpoint: $0) } }
        if reader.node("disable") != nil { return endpoint("disable", &reader).map { .disable(endpoint: $0) } }
        if reader.node("delete") != nil { return endpoint("delete", &reader).map { .delete(endpoint: $0) } }
        if reader.node("rotate") != nil { return endpoint("rotate", &reader).map { .rotate(endpoint: $0) } }
        if reader.node("test") != nil { return endpoint("test", &reader).map { .test(endpoint: $0) } }
        if reader.node("change") != nil { return readdress(&reader) }
        if reader.node("redeliver") != nil { return redeliver(&reader) }
        if reader.node("stop") != nil { return reader.duration("stop").map { .stop(within: $0) } }
        if reader.node("at") != nil { return namedPoint(&reader).map { .at($0) } }
        if reader.node("pause") != nil { return service("pause", &reader).map { .pause(service: $0) } }
        if reader.node("resume") != nil { return service("resume", &reader).map { .resume(service: $0) } }
        if reader.node("store") != nil {
            return reader.choice("store", StoreState.self).map { .store(isAvailable: $0 == .available) }
        }
        for word in ["kill", "restart", "read-log", "second-instance"] {
            if let node = reader.node(word) {
                log.error("`\(word)` takes no value", at: node.position, help: "write `- \(word)`")
            }
        }
        return nil
    }

    private func emit(_ reader: inout MappingReader) -> StepAction? {
        if case .scalar? = reader.node("emit") {
            return reader.scalar("emit", wanted: "an event").map {
                .emit(Emission(event: $0.text, position: $0.position))
            }
        }
        guard let mapping = reader.mapping("emit") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "an emission")
        var emission = EmissionReader(log: log).emission(&inner)
        emission?.again = inner.int("again", in: 1...(ScenarioLimits.steps * ScenarioLimits.burst))
        inner.finish()
        return emission.map { .emit($0) }
    }

    private func burst(_ reader: inout MappingReader) -> StepAction? {
        guard let mapping = reader.mapping("burst") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "a burst")
        let emission = EmissionReader(log: log).emission(&inner)
        _ = inner.required("count")
        let count = inner.int("count", in: 1...ScenarioLimits.burst)
        inner.finish()
        guard let emission, let count else { return nil }
        return .burst(emission, count: count)
    }

    private func awaitAttempts(_ reader: inout MappingReader) -> StepAction? {
        guard let mapping = reader.mapping("await") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "an await")
        _ = inner.required("attempts")
        _ = inner.required("within")
        let count = inner.int("attempts", in: 1...(ScenarioLimits.steps * ScenarioLimits.burst))
        let within = inner.duration("within")
        let endpoint = endpoint("endpoint", &inner)
        inner.finish()
        guard let count, let within else { return nil }
        return .awaitAttempts(count: count, endpoint: endpoint, within: within)
    }

    private func readdress(_ reader: inout MappingReader) -> StepAction? {
        guard let mapping = reader.mapping("change") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "a change")
        let endpoint = onlyEndpoint(&inner)
        _ = inner.required("target")
        let target = EndpointReader.target(&inner)
        inner.finish()
        guard let endpoint, let target else { return nil }
        return .readdress(endpoint: endpoint, target: target)
    }

    private func redeliver(_ reader: inout MappingReader) -> StepAction? {
        let most = ScenarioLimits.steps * ScenarioLimits.burst
        if case .scalar? = reader.node("redeliver") {
            guard endpoints.count == 1, let endpoint = endpoints.first else {
                log.error(
                    "with several endpoints, `redeliver` has to name one",
                    at: reader.keyPosition("redeliver"),
                    help: "write `- redeliver: { event: 1, endpoint: \(endpoints.first ?? "main") }`"
                )
                return nil
            }
            return reader.int("redeliver", in: 1...most).map { .redeliver(event: $0, endpoint: endpoint) }
        }
        guard let mapping = reader.mapping("redeliver") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "a redelivery")
        _ = inner.required("event")
        let event = inner.int("event", in: 1...most)
        let endpoint = onlyEndpoint(&inner)
        inner.finish()
        guard let event, let endpoint else { return nil }
        return .redeliver(event: event, endpoint: endpoint)
    }

    /// The endpoint that is named; it may be left out where there is only one.
    private func onlyEndpoint(_ reader: inout MappingReader) -> String? {
        if reader.mapping["endpoint"] == nil, endpoints.count == 1 { return endpoints.first }
        _ = reader.required("endpoint")
        return endpoint("endpoint", &reader)
    }

    private func namedPoint(_ reader: inout MappingReader) -> NamedPoint? {
        guard let mapping = reader.mapping("at") else { return nil }
        var inner = MappingReader(mapping, log: log, what: "a named point")
        for key in ["attempt", "point", "within"] { _ = inner.required(key) }
        let attempt = inner.int("attempt", in: 1...(ScenarioLimits.steps * ScenarioLimits.burst))
        let point = inner.choice("point", NamedPoint.Point.self)
        let within = inner.duration("within")
        let endpoint = endpoint("endpoint", &inner)
        inner.finish()
        guard let attempt, let point, let within else { return nil }
        return NamedPoint(attempt: attempt, point: point, endpoint: endpoint, within: within)
    }

    /// Which services there are is known to the dispatcher's description only.
    private func service(_ key: String, _ reader: inout MappingReader) -> String? {
        reader.scalar(key, wanted: "the name of a service")?.text
    }

    private func endpoint(_ key: String, _ reader: inout MappingReader) -> String? {
        guard let scalar = reader.scalar(key, wanted: "the name of an endpoint") else { return nil }
        // Without any endpoint that fact was told already.
        guard endpoints.isEmpty || endpoints.contains(scalar.text) else {
            log.error(
                "there is no endpoint `\(scalar.text)`",
                at: scalar.position,
                help: Suggestion.help(for: scalar.text, among: endpoints, kind: "endpoints")
            )
            return nil
        }
        return scalar.text
    }
}

/// Whether the dispatcher can use its store, as a scenario writes it.
private enum StoreState: String, CaseIterable {
    case available
    case unavailable
}
