import DeliveryEvidence
import Notation
import WebhookContracts

/// The places where a contract puts an event's name and id, and what an attempt has there.
struct EventNaming {
    let contract: Contract

    /// The header that carries the name, and whether in literal double quotes.
    var nameHeader: (terms: HeaderTerms, isQuoted: Bool)? {
        if let terms = contract.header(carrying: .eventType) { return (terms, false) }
        return contract.header(carrying: .quotedEventType).map { ($0, true) }
    }

    /// The body field that carries the name.
    var nameField: FieldTerms? { contract.body.field(playing: .eventType) }

    /// The name in the header of an attempt, without the quotes that the contract puts around it.
    func headerName(of attempt: AttemptView) -> String? {
        guard let nameHeader, let value = attempt.header(nameHeader.terms.name) else { return nil }
        return nameHeader.isQuoted ? Self.unquoted(value) : value
    }

    /// The name in the body of an attempt.
    func bodyName(of attempt: AttemptView) -> String? {
        nameField.flatMap { attempt.body.text(at: $0.pointer) }
    }

    /// The contract's name of an attempt's event type, from what was emitted or else from what was sent.
    func type(of attempt: AttemptView, in context: JudgingContext) -> String? {
        if let emission = context.emission(of: attempt) { return emission.type }
        let name = bodyName(of: attempt) ?? headerName(of: attempt)
        return contract.events.first { $0.sentName == name }?.name
    }

    /// The text without one pair of double quotes around it.
    static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
        return String(text.dropFirst().dropLast())
    }
}

extension String {
    /// Says that two texts are the same bytes; `==` also calls differently composed letters equal.
    func isSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// The text in quotes, cut short and made visible for a message.
    var quoted: String { "'\(VisibleText.of(self, atMost: 60))'" }
}
