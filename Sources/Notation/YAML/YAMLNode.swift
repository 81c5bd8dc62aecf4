/// A YAML document as a tree of text, lists and mappings, every one with its place in the file.
package indirect enum YAMLNode: Sendable, Hashable {
    /// A single value; what type it has is decided by whoever reads it.
    case scalar(YAMLScalar)
    /// Keys and values in the order they were written.
    case mapping(YAMLMapping)
    /// A list.
    case sequence(YAMLSequence)

    /// Where the value starts.
    package var position: SourcePosition {
        switch self {
        case .scalar(let scalar): scalar.position
        case .mapping(let mapping): mapping.position
        case .sequence(let sequence): sequence.position
        }
    }

    /// What kind of value this is, for messages: "text", "a list" or "a mapping".
    package var kindName: String {
        switch self {
        case .scalar: "text"
        case .mapping: "a mapping"
        case .sequence: "a list"
        }
    }
}

/// A single value of a YAML document.
package struct YAMLScalar: Sendable, Hashable {
    /// The text without quotes, with escapes resolved.
    package var text: String
    /// Whether it was written in quotes or as a block, which makes it text whatever it looks like.
    package var isQuoted: Bool
    /// Where the value starts; the opening quote when there is one.
    package var position: SourcePosition

    /// Makes a scalar.
    package init(text: String, isQuoted: Bool, position: SourcePosition) {
        self.text = text
        self.isQuoted = isQuoted
        self.position = position
    }

    /// Whether nothing at all was written, as after `key:`.
    package var isEmpty: Bool { text.isEmpty && !isQuoted }
}

/// A mapping of a YAML document.
package struct YAMLMapping: Sendable, Hashable {
    /// The keys with their values in the order they were written; no key occurs twice.
    package var entries: [YAMLEntry]
    /// Where the mapping starts.
    package var position: SourcePosition

    /// Makes a mapping.
    package init(entries: [YAMLEntry], position: SourcePosition) {
        self.entries = entries
        self.position = position
    }

    /// The value of a key, or nil when the mapping has no such key.
    package subscript(key: String) -> YAMLNode? {
        entries.first { $0.key.text.hasSameBytes(as: key) }?.value
    }
}

/// One key of a YAML mapping and its value.
package struct YAMLEntry: Sendable, Hashable {
    /// The key.
    package var key: YAMLScalar
    /// The value.
    package var value: YAMLNode

    /// Makes an entry.
    package init(key: YAMLScalar, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}

/// A list of a YAML document.
package struct YAMLSequence: Sendable, Hashable {
    /// The items in order.
    package var items: [YAMLNode]
    /// Where the list starts.
    package var position: SourcePosition

    /// Makes a list.
    package init(items: [YAMLNode], position: SourcePosition) {
        self.items = items
        self.position = position
    }
}
