/// Reads the keys of one mapping and remembers which were asked for, so that misspelt ones can be told.
///
/// Every accessor marks its key as known and gives nil both when the key is absent and when its value has the wrong
/// shape; in the second case it has logged why. Call ``finish(alsoKnown:)`` at the end.
package struct MappingReader {
    /// The mapping being read.
    package let mapping: YAMLMapping
    /// Takes the problems.
    package let log: DiagnosticLog
    /// What the mapping is, with an article, for messages: "a retry clause".
    package let what: String

    private var known: [String] = []

    /// Starts reading a mapping.
    package init(_ mapping: YAMLMapping, log: DiagnosticLog, what: String) {
        self.mapping = mapping
        self.log = log
        self.what = what
    }

    /// The value of a key, whatever its shape, or nil when the key is absent.
    package mutating func node(_ key: String) -> YAMLNode? {
        if !known.contains(key) { known.append(key) }
        return mapping[key]
    }

    /// The value of a key that has to be there; logs its absence at the start of the mapping.
    package mutating func required(_ key: String) -> YAMLNode? {
        if let node = node(key) { return node }
        log.error("\(what) needs the key `\(key)`", at: mapping.position, help: "add `\(key):`")
        return nil
    }

    /// Where the key itself stands, or nil when it is absent.
    package func keyPosition(_ key: String) -> SourcePosition? {
        mapping.entries.first { $0.key.text.hasSameBytes(as: key) }?.key.position
    }

    /// Logs every key that nobody asked for.
    ///
    /// - Parameter alsoKnown: keys that are right although no accessor was called for them.
    package mutating func finish(alsoKnown: [String] = []) {
        let expected = known + alsoKnown.filter { !known.contains($0) }
        let unknown = mapping.entries.lazy.filter { entry in
            !expected.contains { $0.hasSameBytes(as: entry.key.text) }
        }
        // A key that is there already cannot be what was meant.
        let missing = expected.filter { mapping[$0] == nil }
        for entry in unknown.prefix(DiagnosticLog.mostDiagnostics) {
            let help =
                Suggestion.closest(to: entry.key.text, in: missing).map { "did you mean `\($0)`?" }
                ?? Suggestion.help(for: "", among: expected, kind: "keys")
            log.error("`\(entry.key.text)` is not a key of \(what)", at: entry.key.position, help: help)
        }
    }
}
