import Notation

/// A wait before a reply: always the same, or drawn for each attempt.
struct ScriptDelay {
    var after: Duration = .zero
    var spread: DelaySpread?

    init(after: Duration = .zero, spread: DelaySpread? = nil) {
        self.after = after
        self.spread = spread
    }

    /// Reads `2s`, or `1s..3s` for anything between.
    ///
    /// - Throws: `NotationError` when it is neither, or ends before it starts.
    init(parsing text: String) throws(NotationError) {
        guard let dots = text.firstRange(of: "..") else {
            after = try DurationNotation.parse(text)
            return
        }
        let least = try DurationNotation.parse(text[..<dots.lowerBound].trimmingSpaces)
        let most = try DurationNotation.parse(text[dots.upperBound...].trimmingSpaces)
        guard least <= most else {
            throw NotationError(
                message: "'\(text)' ends before it starts",
                help: "write `\(DurationNotation.text(most))..\(DurationNotation.text(least))`"
            )
        }
        spread = .uniform(least: least, most: most)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        split(separator: " ").joined(separator: " ")
    }
}

/// Reads the key `after` in all of its forms.
struct DelayReader {
    let log: DiagnosticLog

    /// The wait under `key`; none when the key is absent or wrong.
    func delay(_ key: String, _ reader: inout MappingReader) -> ScriptDelay {
        guard case .mapping(let mapping)? = reader.node(key) else {
            return reader.value(key, wanted: "a duration such as `2s` or `1s..3s`") { text throws(NotationError) in
                try ScriptDelay(parsing: text)
            } ?? ScriptDelay()
        }
        var inner = MappingReader(mapping, log: log, what: "a delay")
        defer { inner.finish() }
        let between = inner.value("between", wanted: "a span such as `1s..3s`") { text throws(NotationError) in
            guard text.contains("..") else {
                throw NotationError(message: "'\(text)' is not a span", help: "write `1s..3s`, for example")
            }
            return try ScriptDelay(parsing: text)
        }
        let lognormal = inner.mapping("lognormal").flatMap { self.lognormal($0) }
        guard mapping["between"] != nil || mapping["lognormal"] != nil else {
            log.error(
                "a delay needs `between` or `lognormal`",
                at: mapping.position,
                help: "write `\(key): { between: 1s..3s }`, for example"
            )
            return ScriptDelay()
        }
        guard mapping["between"] == nil || mapping["lognormal"] == nil else {
            log.error("`between` and `lognormal` exclude each other", at: mapping.position, help: "leave one out")
            return ScriptDelay()
        }
        return between ?? ScriptDelay(spread: lognormal)
    }

    private func lognormal(_ mapping: YAMLMapping) -> DelaySpread? {
        var inner = MappingReader(mapping, log: log, what: "a lognormal delay")
        _ = inner.required("median")
        _ = inner.required("sigma")
        _ = inner.required("at most")
        let median = inner.duration("median")
        let sigma = inner.value("sigma", wanted: "a number such as `0.5`") { text throws(NotationError) in
            guard let sigma = Double(text), sigma > 0, sigma <= 10 else {
                throw NotationError(
                    message: "'\(text)' is not above 0 and at most 10",
                    help: "write `0.5`, for example"
                )
            }
            return sigma
        }
        let most = inner.duration("at most")
        inner.finish()
        guard let median, let sigma, let most else { return nil }
        guard median > .zero, median <= most else {
            log.error(
                "the median must be above 0s and not above `at most`",
                at: mapping.position,
                help: "write `{ median: 1s, sigma: 0.5, at most: 30s }`, for example"
            )
            return nil
        }
        return .lognormal(median: median, sigma: sigma, most: most)
    }
}
