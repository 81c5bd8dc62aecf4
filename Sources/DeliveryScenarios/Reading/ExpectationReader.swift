import Notation

/// Reads what a scenario expects beyond the promises of the contract.
struct ExpectationReader {
    let log: DiagnosticLog
    /// The names of the scenario's endpoints.
    let endpoints: [String]

    func expectations(_ reader: inout MappingReader) -> Expectations {
        guard let mapping = reader.mapping("expect") else { return Expectations() }
        var inner = MappingReader(mapping, log: log, what: "an expectation")
        let expectations = Expectations(
            attempts: expected(inner.count("attempts"), "attempts", in: mapping),
            attemptsByEndpoint: byEndpoint(&inner),
            gaps: gaps(&inner),
            registration: expected(inner.choice("registration", Acceptance.self), "registration", in: mapping),
            emission: expected(inner.choice("emission", Acceptance.self), "emission", in: mapping)
        )
        inner.finish()
        return expectations
    }

    private func expected<Value>(_ value: Value?, _ key: String, in mapping: YAMLMapping) -> Expected<Value>? {
        value.map { Expected(value: $0, position: mapping[key]?.position) }
    }

    private func byEndpoint(_ reader: inout MappingReader) -> [String: Expected<CountRange>] {
        guard let mapping = reader.mapping("endpoints") else { return [:] }
        var result: [String: Expected<CountRange>] = [:]
        for entry in mapping.entries {
            let name = entry.key.text
            guard endpoints.isEmpty || endpoints.contains(name) else {
                log.error(
                    "there is no endpoint `\(name)`",
                    at: entry.key.position,
                    help: Suggestion.help(for: name, among: endpoints, kind: "endpoints")
                )
                continue
            }
            guard case .mapping(let inner) = entry.value else {
                log.error(
                    "the expectation for `\(name)` must be a mapping, not \(entry.value.kindName)",
                    at: entry.value.position,
                    help: "write `\(name): { attempts: exactly 1 }`"
                )
                continue
            }
            var reader = MappingReader(inner, log: log, what: "an expectation for an endpoint")
            _ = reader.required("attempts")
            result[name] = expected(reader.count("attempts"), "attempts", in: inner)
            reader.finish()
        }
        return result
    }

    private func gaps(_ reader: inout MappingReader) -> [Expected<TimeWindow>] {
        guard let sequence = reader.sequence("gaps") else { return [] }
        return sequence.items.compactMap { gap($0) }
    }

    private func gap(_ node: YAMLNode) -> Expected<TimeWindow>? {
        guard case .scalar(let scalar) = node else {
            let message = "a gap must be a time window, not \(node.kindName)"
            log.error(message, at: node.position, help: "write `5m ± 2%`, for example")
            return nil
        }
        do {
            return Expected(value: try TimeWindow.parse(scalar.text), position: scalar.position)
        } catch {
            log.error(error.message, at: scalar.position, help: error.help)
            return nil
        }
    }
}
