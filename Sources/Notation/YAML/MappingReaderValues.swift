extension MappingReader {
    /// The value of a key as text, as it was written; `key:` without a value is refused, `key: ""` is not.
    package mutating func text(_ key: String) -> String? {
        scalar(key, wanted: "text")?.text
    }

    /// The value of a key as a whole number within limits.
    package mutating func int(_ key: String, in range: ClosedRange<Int>) -> Int? {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let scalar = scalar(key, wanted: wanted) else { return nil }
        guard !scalar.isQuoted, let number = Int(scalar.text), range.contains(number) else {
            let isQuotedNumber = scalar.isQuoted && Int(scalar.text) != nil
            log.error(
                "`\(key)` must be \(wanted), not '\(scalar.text)'",
                at: scalar.position,
                help: isQuotedNumber ? "leave out the quotes" : nil
            )
            return nil
        }
        return number
    }

    /// The value of a key as a truth value: `true` or `false`, nothing else.
    package mutating func bool(_ key: String) -> Bool? {
        guard let scalar = scalar(key, wanted: "`true` or `false`") else { return nil }
        if !scalar.isQuoted {
            if scalar.text == "true" { return true }
            if scalar.text == "false" { return false }
        }
        let help: String? =
            switch scalar.text.lowercased() {
            case "true", "yes", "on", "y": "write `true`"
            case "false", "no", "off", "n": "write `false`"
            default: nil
            }
        log.error("`\(key)` must be `true` or `false`, not '\(scalar.text)'", at: scalar.position, help: help)
        return nil
    }

    /// The value of a key as a duration with a unit, such as `5m`.
    package mutating func duration(_ key: String) -> Duration? {
        value(key, wanted: "a duration such as `5s`", DurationNotation.parse)
    }

    /// The value of a key as a size in bytes, such as `20kB`.
    package mutating func size(_ key: String) -> Int? {
        value(key, wanted: "a size such as `20kB`", SizeNotation.parse)
    }

    /// The value of a key as a count, such as `at most 3`.
    package mutating func count(_ key: String) -> CountRange? {
        value(key, wanted: "a count such as `exactly 3`", CountNotation.parse)
    }

    /// The value of a key as a time window, such as `5m ± 2%`.
    ///
    /// - Parameter fallback: the tolerance of a duration that stands alone; without it one is asked for.
    package mutating func window(_ key: String, default fallback: Tolerance? = nil) -> TimeWindow? {
        value(key, wanted: "a time window such as `5m ± 2%`") { text throws(NotationError) in
            try TimeWindow.parse(text, default: fallback)
        }
    }

    /// The value of a key in a notation of its own.
    ///
    /// - Parameters:
    ///   - wanted: what the value has to be, for messages: "a duration such as `5s`".
    ///   - parse: reads the text; what it throws is logged at the value.
    package mutating func value<Value>(
        _ key: String,
        wanted: String,
        _ parse: (String) throws(NotationError) -> Value
    ) -> Value? {
        guard let scalar = scalar(key, wanted: wanted) else { return nil }
        do {
            return try parse(scalar.text)
        } catch {
            log.error("`\(key)`: \(error.message)", at: scalar.position, help: error.help)
            return nil
        }
    }

    /// The value of a key as one of the words of an enumeration.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        _ type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        let wanted = words.count == 1 ? "`\(words[0])`" : "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
        guard let scalar = scalar(key, wanted: wanted) else { return nil }
        if let choice = Choice(rawValue: scalar.text) { return choice }
        log.error(
            "`\(key)` cannot be '\(scalar.text)'",
            at: scalar.position,
            help: Suggestion.help(for: scalar.text, among: words, kind: "choices")
        )
        return nil
    }

    /// The value of a key as a list of texts; a single text counts as a list of one.
    package mutating func texts(_ key: String) -> [String]? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            return scalar(key, wanted: "text or a list of texts").map { [$0.text] }
        }
        var texts: [String] = []
        for item in sequence.items {
            guard case .scalar(let scalar) = item, !scalar.isEmpty else {
                let found = if case .scalar = item { "nothing" } else { item.kindName }
                log.error("each item of `\(key)` must be text, not \(found)", at: item.position)
                return nil
            }
            texts.append(scalar.text)
        }
        return texts
    }

    /// The value of a key as a mapping.
    package mutating func mapping(_ key: String) -> YAMLMapping? {
        guard let node = node(key) else { return nil }
        if case .mapping(let mapping) = node { return mapping }
        wrongShape(key, wanted: "a mapping", found: node, help: "indent its keys below `\(key):`")
        return nil
    }

    /// The value of a key as a list.
    package mutating func sequence(_ key: String) -> YAMLSequence? {
        guard let node = node(key) else { return nil }
        if case .sequence(let sequence) = node { return sequence }
        wrongShape(key, wanted: "a list", found: node, help: "write each item on a line of its own, after `- `")
        return nil
    }

    /// The value of a key as a single value that is not empty.
    package mutating func scalar(_ key: String, wanted: String = "text") -> YAMLScalar? {
        guard let node = node(key) else { return nil }
        if case .scalar(let scalar) = node, !scalar.isEmpty { return scalar }
        wrongShape(key, wanted: wanted, found: node, help: nil)
        return nil
    }

    private func wrongShape(_ key: String, wanted: String, found node: YAMLNode, help: String?) {
        if case .scalar(let scalar) = node, scalar.isEmpty {
            let help = help ?? "write a value after `\(key):`, or leave the key out"
            log.error("`\(key)` has no value; it must be \(wanted)", at: keyPosition(key), help: help)
        } else {
            log.error("`\(key)` must be \(wanted), not \(node.kindName)", at: node.position, help: help)
        }
    }
}
