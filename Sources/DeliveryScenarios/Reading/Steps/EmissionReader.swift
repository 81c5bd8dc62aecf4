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
                FieldOverride(pointer: pointer, value: entry.value.json())
            }
        }
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
