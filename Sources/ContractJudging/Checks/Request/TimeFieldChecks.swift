import DeliveryEvidence
import Notation
import WebhookContracts

/// R8 and R12: a time stands under the promised name, in the promised form, and makes sense.
enum TimeFieldChecks {
    static let spelling = Check(
        "body.time-field-name",
        codes: ["R8"],
        title: "A time stands under the documented name, and under no other spelling of it.",
        asks: "The field is there, and no sibling's name differs from it by one letter or by case."
    ) { context in
        let fields = timeFields(of: context.contract)
        return readable(context).flatMap { attempt, body in
            let subject = context.subject(of: attempt)
            guard !fields.isEmpty else {
                return [Finding.unstated(subject, "Under which name the event's time stands is not stated.")]
            }
            return fields.compactMap { field in
                field.clause.isUnstated ? nil : spelling(of: field, in: body, subject)
            }
        }
    }

    private static func spelling(of field: FieldTerms, in body: JSONValue, _ subject: String) -> Finding? {
        guard let name = field.pointer.tokens.last else { return nil }
        let parent = JSONPointer(tokens: field.pointer.tokens.dropLast())
        let siblings = body[parent]?.members?.map(\.name) ?? []
        let basis = field.clause.basis
        let alike = siblings.first {
            !$0.isSameBytes(as: name) && EditDistance.isAtMostOne($0.lowercased(), name.lowercased())
        }
        switch (body[field.pointer] != nil, alike) {
        case (true, nil): return .held(subject, "The time stands at \(field.pointer.text).", by: basis)
        case (true, let other?):
            return .violated(subject, "Both \(name.quoted) and \(other.quoted) are there.", by: basis)
        case (false, let other?):
            return .violated(subject, "The time is called \(other.quoted); \(name.quoted) is promised.", by: basis)
        case (false, nil): return .violated(subject, "There is no time at \(field.pointer.text).", by: basis)
        }
    }

    static let times = Check(
        "body.times",
        codes: ["R12"],
        title: "Times are written in the promised form and fit what happened.",
        asks: """
            Each time is RFC 3339 with the stated kind of offset; an event is not dispatched before it occurred, nor \
            before it was handed over, nor after the request arrived.
            """
    ) { context in
        let fields = timeFields(of: context.contract)
        return readable(context).flatMap { attempt, body in
            let subject = context.subject(of: attempt)
            return fields.compactMap { field -> Finding? in
                guard let value = body[field.pointer] else { return nil }
                if field.clause.isUnstated {
                    return .unstated(
                        subject,
                        "The form of \(field.pointer.text) is not stated; it was \(value.compact().quoted)."
                    )
                }
                return TimeSense(context: context, attempt: attempt, body: body).judge(field, value, subject)
            }
        }
    }

    private static func timeFields(of contract: Contract) -> [FieldTerms] {
        contract.body.fields.filter { $0.role == .occurredAt || $0.role == .dispatchedAt }
    }

    private static func readable(_ context: JudgingContext) -> [(AttemptView, JSONValue)] {
        context.attempts.compactMap { attempt in
            guard attempt.isWhole, let value = attempt.body.value else { return nil }
            return (attempt, value)
        }
    }
}

/// How near two names are to each other.
enum EditDistance {
    /// Says that one letter more, less or other makes two texts the same.
    static func isAtMostOne(_ left: String, _ right: String) -> Bool {
        let (short, long) = left.count <= right.count ? (Array(left), Array(right)) : (Array(right), Array(left))
        guard long.count - short.count <= 1 else { return false }
        let common = zip(short, long).prefix { $0 == $1 }.count
        let rest = long.dropFirst(common + 1)
        return rest.elementsEqual(short.dropFirst(short.count == long.count ? common + 1 : common))
    }
}
