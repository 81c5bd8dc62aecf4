import Notation
import WebhookContracts

/// R3: the event's id is the same in the header and in the body.
enum EventIDCheck {
    static let check = Check(
        "event.id-agrees",
        codes: ["R3"],
        title: "The event's id is the same in the header and in the body.",
        asks: "Where the contract puts the id in both places, they hold the same text."
    ) { context in
        guard let header = context.contract.header(carrying: .eventID),
            let field = context.contract.body.field(playing: .eventID)
        else { return [] }
        return context.attempts.compactMap { attempt in
            guard attempt.isWhole, let inHeader = attempt.header(header.name) else { return nil }
            guard attempt.body.value != nil else { return nil }
            let subject = context.subject(of: attempt)
            let basis = header.value.basis
            guard let inBody = attempt.body.text(at: field.pointer) else {
                return .violated(
                    subject,
                    "The header has an id, and the body has none at \(field.pointer.text).",
                    by: basis
                )
            }
            if inHeader.isSameBytes(as: inBody) {
                return .held(subject, "Header and body have the same id.", by: basis)
            }
            return .violated(subject, "The header has the id \(inHeader.quoted), the body \(inBody.quoted).", by: basis)
        }
    }
}
