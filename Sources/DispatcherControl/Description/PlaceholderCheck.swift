import Notation

/// Holds the placeholders of a whole `dispatcher.yaml` against what is known where they stand.
enum PlaceholderCheck {
    /// Logs every placeholder that can have no value.
    static func check(_ file: YAMLMapping, log: DiagnosticLog) {
        let services = ServicePlaceholders(file["services"], log: log)
        let run = services.known
        run.check(file["start"], log: log)
        checkSign(file["ready"], run, log: log)
        let captured = readyNames(file["ready"], log: log)
        services.claim(captured, at: member("line", of: file["ready"])?.position)
        let started = run.adding(captured)
        let registering = started.adding(KnownPlaceholders.endpoint)
        registering.check(file["register"], except: ["capture"], log: log)
        let registered = registering.adding(names(capturedBy: file["register"]))
        for key in ["enable", "disable", "delete", "rotate"] { registered.check(file[key], log: log) }
        registered.check(file["update"], log: log)
        registered.check(file["test"], log: log)
        let redelivering = registered.adding(KnownPlaceholders.redelivery)
        redelivering.check(file["redeliver"], log: log)
        // A program is run for an endpoint; a request hands over an event, wherever it will go.
        let isProgramPerEndpoint = file["start"] == nil && member("command", of: file["emit"]) != nil
        let emitting = (isProgramPerEndpoint ? registered : started).adding(KnownPlaceholders.event)
        emitting.check(file["emit"], except: ["capture"], log: log)
        started.check(file["delivery_log"], log: log)
        run.check(file["store_outage"], except: ["pause"], log: log)
        checkCaptures(file, log: log)
    }

    /// Checks what a sign of readiness asks; a line only captures.
    static func checkSign(_ ready: YAMLNode?, _ known: KnownPlaceholders, log: DiagnosticLog) {
        for key in ["http", "port", "socket"] { known.check(member(key, of: ready), log: log) }
    }

    /// The one value that the line of readiness captures.
    static func readyNames(_ ready: YAMLNode?, log: DiagnosticLog) -> [String] {
        guard case .scalar(let line) = member("line", of: ready) else { return [] }
        let names = TemplateText(line.text).names
        if names.count > 1 {
            log.error(
                "`line` captures one value, not \(names.count)",
                at: line.position,
                help: "end the line before `{\(names[1])}`: what comes after it need not be written"
            )
        }
        return names
    }

    /// Every capture must be of use: `register` may keep anything, `emit` the event's id.
    private static func checkCaptures(_ file: YAMLMapping, log: DiagnosticLog) {
        for key in ["enable", "disable", "delete", "rotate", "delivery_log", "update", "redeliver", "test"] {
            guard case .mapping(let mapping) = file[key], let capture = mapping["capture"] else { continue }
            log.error("nothing uses what `\(key)` captures", at: capture.position, help: "leave `capture` out")
        }
        guard case .mapping(let capture) = member("capture", of: file["emit"]) else { return }
        for entry in capture.entries where entry.key.text != "event_id" {
            log.error("`emit` captures `event_id` and nothing else", at: entry.key.position)
        }
    }

    /// Every placeholder that stands in a text of the node.
    static func names(in node: YAMLNode) -> Set<String> {
        switch node {
        case .scalar(let scalar): Set(TemplateText(scalar.text).names)
        case .sequence(let sequence): sequence.items.reduce(into: []) { $0.formUnion(names(in: $1)) }
        case .mapping(let mapping): mapping.entries.reduce(into: []) { $0.formUnion(names(in: $1.value)) }
        }
    }

    private static func names(capturedBy request: YAMLNode?) -> [String] {
        guard case .mapping(let capture) = member("capture", of: request) else { return [] }
        return capture.entries.map(\.key.text)
    }

    static func member(_ key: String, of node: YAMLNode?) -> YAMLNode? {
        if case .mapping(let mapping) = node { mapping[key] } else { nil }
    }
}
