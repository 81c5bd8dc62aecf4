import DeliveryEvidence
import WebhookContracts

/// R7: the body is what its media type says, and both are what the contract says.
enum ContentTypeCheck {
    static let check = Check(
        "body.content-type",
        codes: ["R7"],
        title: "The body has the promised media type and can be read as such.",
        asks:
            "Content-Type names the media type (parameters may follow), and the body parses: JSON by RFC 8259, or a form."
    ) { context in
        context.attempts.flatMap { attempt -> [Finding] in
            guard attempt.isWhole else { return [] }
            let subject = context.subject(of: attempt)
            return [mediaType(attempt, subject, context), format(attempt, subject, context)].compactMap(\.self)
        }
    }

    private static func mediaType(_ attempt: AttemptView, _ subject: String, _ context: JudgingContext) -> Finding? {
        let values = attempt.arrived.values(of: "Content-Type")
        let seen = values.isEmpty ? "missing" : values.map(\.quoted).joined(separator: " and ")
        let terms = context.contract.headers.first { $0.name.lowercased() == "content-type" }
        let wanted: String
        switch terms?.value.value {
        case .mediaType(let text)?, .literal(let text)?: wanted = text
        default: return .unstated(subject, "Content-Type is not stated; it was \(seen).")
        }
        let basis = terms?.value.basis ?? Basis()
        guard values.count == 1, let value = values.first, essence(value) == essence(wanted) else {
            return .violated(subject, "Content-Type is \(seen); \(wanted.quoted) is promised.", by: basis)
        }
        return .held(subject, "Content-Type is \(value.quoted).", by: basis)
    }

    private static func format(_ attempt: AttemptView, _ subject: String, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.body.format
        if clause.isUnstated {
            let saw = attempt.body.problem == nil ? "it can be read as" : "it cannot be read as"
            return .unstated(subject, "The format of the body is not stated; \(saw) \(attempt.body.format.rawValue).")
        }
        guard clause.value != nil else { return nil }
        if attempt.arrived.bodyRedacted, attempt.body.problem != nil {
            return .inconclusive(subject, "The body cannot be read, but a secret was cut out of it.", by: clause.basis)
        }
        if let problem = attempt.body.problem { return .violated(subject, problem, by: clause.basis) }
        return .held(subject, "The body can be read as \(attempt.body.format.rawValue).", by: clause.basis)
    }

    /// The media type without parameters, in lower case (RFC 9110 section 8.3.1).
    private static func essence(_ value: String) -> String {
        String(value.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }).lowercased()
    }
}
