import Notation

/// Finds placeholders that can never have a value where they stand.
///
/// Without this a misspelt one would go unnoticed: a member of a body whose placeholder has no value is left out.
package struct KnownPlaceholders {
    /// What the harness knows about every run.
    package static let run = [
        "programs", "folder", "contract", "provider", "variant", "store", "work", "trust_store", "port",
        "resolver", "proxy", "allowed_network",
    ]
    /// What is known about an endpoint.
    package static let endpoint = [
        "endpoint", "url", "events", "secret", "user", "password", "event_source", "headers",
    ]
    /// What is known about an event.
    package static let event = ["event", "event_type", "sent_type", "payload", "source", "closed_gates"]

    /// What is known about a delivery that is to be sent again: the dispatcher's own ids of the event and of the delivery.
    package static let redelivery = ["event", "event_id", "delivery_id"]

    var names: [String]

    init(_ names: [String]) {
        self.names = names
    }

    func adding(_ more: [String]) -> KnownPlaceholders { KnownPlaceholders(names + more) }

    /// Logs every placeholder in the texts of `node` that is not known, but for those below the keys `except`.
    func check(_ node: YAMLNode?, except: [String] = [], log: DiagnosticLog) {
        switch node {
        case .scalar(let scalar):
            for name in TemplateText(scalar.text).names where !names.contains(name) {
                let closest = Suggestion.closest(to: name, in: names).map { "did you mean `{\($0)}`?" }
                log.error(
                    "`{\(name)}` never has a value here",
                    at: scalar.position,
                    help: closest ?? "there are " + names.map { "`{\($0)}`" }.joined(separator: ", ")
                )
            }
        case .sequence(let sequence):
            for item in sequence.items { check(item, log: log) }
        case .mapping(let mapping):
            for entry in mapping.entries where !except.contains(entry.key.text) { check(entry.value, log: log) }
        case nil:
            break
        }
    }
}
