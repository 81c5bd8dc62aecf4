import Notation

/// How one kind of value is written in a contract file, and how it is shown to a person.
///
/// Reading and writing stand side by side so that what `contract show` prints can be typed into a file.
struct TermForm<Value: Sendable & Hashable>: Sendable {
    /// Reads the value of a key; gives nil after logging what is wrong with it.
    let read: @Sendable (inout MappingReader, String) -> Value?
    /// Writes the value as it would be read, without line breaks.
    let write: @Sendable (Value) -> String
}

extension TermForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static var word: Self {
        Self(read: { $0.choice($1, Value.self) }, write: { $0.rawValue })
    }
}

extension TermForm where Value == Bool {
    /// `true` or `false`.
    static var truth: Self {
        Self(read: { $0.bool($1) }, write: { $0 ? "true" : "false" })
    }
}

extension TermForm where Value == Duration {
    /// A duration with a unit.
    static var duration: Self {
        Self(read: { $0.duration($1) }, write: { DurationNotation.text($0) })
    }
}

extension TermForm where Value == [Duration] {
    /// Durations, each with a unit; a single one is a list of one.
    static var durations: Self {
        list(
            of: { text throws(NotationError) in try DurationNotation.parse(text) },
            write: { DurationNotation.text($0) }
        )
    }
}

extension TermForm where Value == CountRange {
    /// A count such as `exactly 3`.
    static var count: Self {
        Self(read: { $0.count($1) }, write: { $0.text })
    }
}

extension TermForm where Value == JSONPointer {
    /// A JSON pointer such as `/data/id`.
    static var pointer: Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: "a JSON pointer such as `/data/id`") { text throws(NotationError) in
                    try JSONPointer(text)
                }
            },
            write: { $0.text }
        )
    }
}

extension TermForm {
    /// A list of values that are each written as one text; a single text is a list of one.
    static func list<Item: Sendable & Hashable>(
        of parse: @escaping @Sendable (String) throws(NotationError) -> Item,
        write: @escaping @Sendable (Item) -> String
    ) -> Self where Value == [Item] {
        Self(
            read: { reader, key in
                guard let texts = reader.texts(key) else { return nil }
                var items: [Item] = []
                for text in texts {
                    do throws(NotationError) {
                        items.append(try parse(text))
                    } catch {
                        reader.log.error(
                            "`\(key)`: \(error.message)",
                            at: reader.mapping[key]?.position,
                            help: error.help
                        )
                        return nil
                    }
                }
                guard !items.isEmpty else {
                    reader.log.error(
                        "`\(key)` lists nothing",
                        at: reader.mapping[key]?.position,
                        help: "list something; a clause that promises the absence has `none: true`"
                    )
                    return nil
                }
                return items
            },
            write: { $0.isEmpty ? "unstated" : $0.map(write).joined(separator: ", ") }
        )
    }

    /// A list of words of an enumeration.
    static func words<Item: RawRepresentable & CaseIterable & Sendable & Hashable>() -> Self
    where Value == [Item], Item.RawValue == String {
        list(
            of: { text throws(NotationError) in
                if let word = Item(rawValue: text) { return word }
                let words = Item.allCases.map(\.rawValue)
                throw NotationError(
                    message: "'\(text)' is not one of the choices",
                    help: Suggestion.help(for: text, among: words, kind: "choices")
                )
            },
            write: { $0.rawValue }
        )
    }
}
