import Notation

/// Reads the requests of a `dispatcher.yaml`.
enum RequestReading {
    static let methods = ["get", "post", "put", "patch", "delete"]

    /// Reads `{post: URL, body: …, headers: …, capture: …}`.
    static func request(_ mapping: YAMLMapping, log: DiagnosticLog, what: String) -> APIRequest? {
        var reader = MappingReader(mapping, log: log, what: what)
        let request = request(reading: &reader)
        reader.finish()
        return request
    }

    private static func request(reading reader: inout MappingReader) -> APIRequest? {
        let given = methods.compactMap { method in reader.text(method).map { (method, $0) } }
        let body = reader.node("body")?.json()
        let headers = textMap(reader.mapping("headers"), log: reader.log)
        let capture = pointerMap(reader.mapping("capture"), log: reader.log)
        guard given.count == 1, let (method, url) = given.first else {
            reader.log.error(
                "\(reader.what) wants exactly one method with its URL",
                at: reader.mapping.position,
                help: "write for example `post: \"{address}/events\"`"
            )
            return nil
        }
        return APIRequest(method: method.uppercased(), url: url, headers: headers, body: body, capture: capture)
    }

    /// Reads `{get: URL, list: …, fields: …, attempts: …, attempt_fields: …}`.
    static func deliveryLog(_ mapping: YAMLMapping, log: DiagnosticLog) -> DeliveryLogSource? {
        var reader = MappingReader(mapping, log: log, what: "`delivery_log`")
        let request = request(reading: &reader)
        let list = pointer(reader.scalar("list"), log: log)
        let fields = pointerMap(reader.mapping("fields"), log: log, known: LogFieldName.delivery)
        let attempts = pointer(reader.scalar("attempts"), log: log)
        let attemptFields = pointerMap(reader.mapping("attempt_fields"), log: log, known: LogFieldName.attempt)
        let givenUp = reader.texts("given_up") ?? []
        reader.finish()
        if !givenUp.isEmpty, fields["state"] == nil {
            log.error(
                "`given_up` names states, but `fields` does not say where the state of a delivery stands",
                at: reader.keyPosition("given_up"),
                help: "add `state: /…` to `fields`"
            )
        }
        guard let request else { return nil }
        return DeliveryLogSource(
            request: request,
            list: list ?? JSONPointer(tokens: []),
            fields: fields,
            attempts: attempts,
            attemptFields: attemptFields,
            givenUp: givenUp
        )
    }

    /// Reads a mapping of names to texts.
    static func textMap(_ mapping: YAMLMapping?, log: DiagnosticLog) -> [String: String] {
        var texts: [String: String] = [:]
        for entry in mapping?.entries ?? [] {
            if case .scalar(let scalar) = entry.value {
                texts[entry.key.text] = scalar.text
            } else {
                log.error("`\(entry.key.text)` wants a text, not \(entry.value.kindName)", at: entry.value.position)
            }
        }
        return texts
    }

    private static func pointerMap(
        _ mapping: YAMLMapping?,
        log: DiagnosticLog,
        known: [String]? = nil
    ) -> [String: JSONPointer] {
        var pointers: [String: JSONPointer] = [:]
        for entry in mapping?.entries ?? [] {
            let name = entry.key.text
            if let known, !known.contains(name) {
                let help = Suggestion.help(for: name, among: known, kind: "fields")
                log.error("`\(name)` is not a field of a delivery log", at: entry.key.position, help: help)
            }
            guard case .scalar(let scalar) = entry.value else {
                log.error("`\(name)` wants a JSON pointer, not \(entry.value.kindName)", at: entry.value.position)
                continue
            }
            pointers[name] = pointer(scalar, log: log)
        }
        return pointers
    }

    private static func pointer(_ scalar: YAMLScalar?, log: DiagnosticLog) -> JSONPointer? {
        guard let scalar else { return nil }
        do {
            return try JSONPointer(scalar.text)
        } catch {
            log.error(error.message, at: scalar.position, help: error.help)
            return nil
        }
    }
}

/// The names under which a `dispatcher.yaml` says where the fields of a delivery log stand.
package enum LogFieldName {
    /// Of a delivery.
    package static let delivery = [
        "id", "event id", "event type", "created at", "url", "latest status", "payload", "state", "next attempt at",
    ]
    /// Of an attempt.
    package static let attempt = [
        "number", "outcome", "attempted at", "response code", "response headers", "response body", "error",
        "next attempt at",
    ]
}
