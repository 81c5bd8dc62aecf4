import Notation
import WebhookContracts

/// R10: fields that depend on the event stand only where they may.
enum ConditionalFieldCheck {
    static let check = Check(
        "body.conditional-fields",
        codes: ["R10"],
        title: "A field that belongs to some events only stands in no other.",
        asks: "Conditional fields are absent where their condition is not met; watched lists name watched values only."
    ) { context in
        let naming = EventNaming(contract: context.contract)
        return context.attempts.flatMap { attempt -> [Finding] in
            guard attempt.isWhole, let body = attempt.body.value else { return [] }
            let subject = context.subject(of: attempt)
            let type = naming.type(of: attempt, in: context)
            return context.contract.body.conditional.compactMap { conditional($0, body, type, subject) }
                + context.contract.body.watched.compactMap { watched($0, body, type, subject) }
        }
    }

    private static func conditional(
        _ clause: Clause<ConditionalField>,
        _ body: JSONValue,
        _ type: String?,
        _ subject: String
    ) -> Finding? {
        guard let field = clause.value else {
            return clause.isUnstated ? .unstated(subject, "When a conditional field may appear is not stated.") : nil
        }
        let place = field.pointer.text
        guard body[field.pointer] != nil else { return .held(subject, "\(place) is absent.", by: clause.basis) }
        if let allowed = field.onlyFor {
            guard let type else {
                return .inconclusive(subject, "\(place) is there, and the event's type is not known.", by: clause.basis)
            }
            guard allowed.contains(type) else {
                let list = allowed.joined(separator: ", ")
                return .violated(subject, "\(place) is there in \(type); it belongs to \(list).", by: clause.basis)
            }
        }
        if let condition = field.onlyWhen {
            let text = body[condition.pointer].map { $0.stringValue ?? $0.compact() }
            guard let text, text.isSameBytes(as: condition.equals) else {
                let need = "\(condition.pointer.text) is \(condition.equals.quoted)"
                let have = text?.quoted ?? "missing"
                return .violated(
                    subject,
                    "\(place) is there; it belongs only where \(need), which is \(have).",
                    by: clause.basis
                )
            }
        }
        return .held(subject, "\(place) stands where it may.", by: clause.basis)
    }

    private static func watched(
        _ clause: Clause<WatchedList>,
        _ body: JSONValue,
        _ type: String?,
        _ subject: String
    ) -> Finding? {
        guard let watch = clause.value else {
            return clause.isUnstated ? .unstated(subject, "What a watched list may name is not stated.") : nil
        }
        let entries = body[watch.list]?.items ?? []
        let names = entries.map { $0[watch.member]?.stringValue ?? "" }
        if let stray = names.first(where: { !watch.values.contains($0) }) {
            return .violated(
                subject,
                "\(watch.list.text) names \(stray.quoted), which is not watched.",
                details: ["Watched are \(watch.values.joined(separator: ", "))."],
                by: clause.basis
            )
        }
        guard watch.triggers == type, type != nil else {
            return entries.isEmpty
                ? nil : .held(subject, "\(watch.list.text) names watched values only.", by: clause.basis)
        }
        guard !entries.isEmpty else {
            return .violated(
                subject,
                "\(type ?? "") came although \(watch.list.text) names no watched value.",
                by: clause.basis
            )
        }
        return .held(subject, "\(watch.list.text) names watched values only.", by: clause.basis)
    }
}
