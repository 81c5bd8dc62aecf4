import Notation

/// Reads what an `emit` or a `burst` hands to the dispatcher.
struct EmissionReader {
    let log: DiagnosticLog

    func emission(_ reader: inout MappingReader) -> Emission? {
        _ = reader.required("event")
        let event = reader.scalar("event", wanted: "an event")
        let overrides = values(&reader) + removals(&reader)
        let source = reader.text("source")
        let gates = reader.texts("closed_gates") ?? []
        guard let event else { return nil }
        return Emission(
            event: event.text,
            overrides: overrides,
            source: source,
            closedGates: gates,
            position: event.position
        )
    }

    private func values(_ reader: inout MappingReader) -> [FieldOverride] {
        guard let mapping = reader.mapping("with") else { return [] }
        return mapping.entries.compactMap { entry in
            pointer(entry.key.text, at: entry.key.position).map { pointer in
                FieldOverride(pointer: pointer, value: filling(entry.value) ?? entry.value.json())
            }
        }
    }

    /// The most bytes that a text is filled with.
    private static let longestFilling = 64 * 1024 * 1024

    /// A text of the size that `{fill: 1MiB}` asks for; `nil` for any other value.
    private func filling(_ node: YAMLNode) -> JSONValue? {
        guard case .mapping(let mapping) = node, mapping.entries.count == 1, mapping["fill"] != nil else { return nil }
        var reader = MappingReader(mapping, log: log, what: "a filling")
        let size = reader.value("fill", wanted: "a size such as `1MiB`") { text throws(NotationError) in
            let size = try SizeNotation.parse(text)
            guard size <= Self.longestFilling else {
                throw NotationError(
                    message: "'\(text)' is more than a text is filled with",
                    help: "write 64MiB at most"
                )
            }
            return size
        }
        reader.finish()
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let count = size ?? 0
        return .string(
            String(unsafeUninitializedCapacity: count) { buffer in
                for index in 0..<count { buffer[index] = letters[index % letters.count] }
                return count
            }
        )
    }

    private func removals(_ reader: inout MappingReader) -> [FieldOverride] {
        let position = reader.mapping["without"]?.position
        return (reader.texts("without") ?? []).compactMap { text in
            pointer(text, at: position).map { FieldOverride(pointer: $0, value: nil) }
        }
    }

    private func pointer(_ text: String, at position: SourcePosition?) -> JSONPointer? {
        do {
            let pointer = try JSONPointer(text)
            guard pointer.tokens.isEmpty else { return pointer }
            log.error("the whole body cannot be changed", at: position, help: "name a field, such as `/data/name`")
        } catch {
            log.error(error.message, at: position, help: error.help)
        }
        return nil
    }
}
