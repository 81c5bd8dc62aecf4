import Notation
import WebhookContracts

/// R11: data that must not be sent is not, and what stands in its place is the documented text.
enum ForbiddenDataCheck {
    static let check = Check(
        "body.forbidden-data",
        codes: ["R11"],
        title: "Data that must never be sent is not in the body, at any depth.",
        asks: "No member has a forbidden name (compared without case); an empty field holds the documented substitute."
    ) { context in
        let naming = EventNaming(contract: context.contract)
        return context.attempts.flatMap { attempt -> [Finding] in
            guard attempt.isWhole, let body = attempt.body.value, let type = naming.type(of: attempt, in: context)
            else {
                return []
            }
            let subject = context.subject(of: attempt)
            let payload = context.emission(of: attempt)?.payload
            return context.contract.body.forbidden.compactMap { forbidden($0, body, type, subject) }
                + context.contract.body.substitutes.compactMap { substitute($0, body, payload, type, subject) }
        }
    }

    private static func forbidden(
        _ clause: Clause<ForbiddenData>,
        _ body: JSONValue,
        _ type: String,
        _ subject: String
    ) -> Finding? {
        guard let rule = clause.value else {
            return clause.isUnstated ? .unstated(subject, "Which data must not be sent is not stated.") : nil
        }
        guard rule.events.contains(type) else { return nil }
        let names = Set(rule.names.map { $0.lowercased() })
        let found = pointers(to: names, in: body, [])
        guard let first = found.first else {
            return .held(subject, "None of \(rule.names.joined(separator: ", ")) is in the body.", by: clause.basis)
        }
        // The value is what must not be spread, so that the message names the place only.
        return .violated(
            subject,
            "\(type) carries \(JSONPointer(tokens: first).text), which must not be sent.",
            details: found.dropFirst().prefix(9).map { "Also \(JSONPointer(tokens: $0).text)." },
            by: clause.basis
        )
    }

    private static func pointers(to names: Set<String>, in value: JSONValue, _ path: [String]) -> [[String]] {
        switch value {
        case .object(let members):
            members.flatMap { member in
                let here = path + [member.name]
                return (names.contains(member.name.lowercased()) ? [here] : [])
                    + pointers(to: names, in: member.value, here)
            }
        case .array(let items):
            items.enumerated().flatMap { pointers(to: names, in: $1, path + ["\($0)"]) }
        default: []
        }
    }

    private static func substitute(
        _ clause: Clause<Substitute>,
        _ body: JSONValue,
        _ payload: JSONValue?,
        _ type: String,
        _ subject: String
    ) -> Finding? {
        guard let rule = clause.value else {
            return clause.isUnstated ? .unstated(subject, "What stands for an empty field is not stated.") : nil
        }
        guard rule.event == type, let payload else { return nil }
        let isEmpty =
            switch payload[rule.pointer] {
            case nil, .null?: true
            case .string(let text)?: text.isEmpty
            default: false
            }
        guard isEmpty else { return nil }
        let seen = body[rule.pointer]
        if let text = seen?.stringValue, text.isSameBytes(as: rule.text) {
            return .held(
                subject,
                "\(rule.pointer.text) is \(rule.text.quoted) in place of an empty value.",
                by: clause.basis
            )
        }
        let was = seen.map { $0.compact().quoted } ?? "missing"
        return .violated(
            subject,
            "\(rule.pointer.text) is \(was); \(rule.text.quoted) is promised for an empty value.",
            by: clause.basis
        )
    }
}
