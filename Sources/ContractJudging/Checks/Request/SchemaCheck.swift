import DeliveryEvidence
import Notation
import WebhookContracts

/// R9: the envelope has the promised shape.
enum SchemaCheck {
    static let check = Check(
        "body.schema",
        codes: ["R9"],
        title: "The body has the shape that the contract's schema describes.",
        asks:
            "The body validates against the JSON Schema of the envelope; a form is held against it as the JSON it stands for."
    ) { context in
        let clause = context.contract.body.schema
        var known: [Int: [PayloadProblem]] = [:]
        return context.attempts.compactMap { attempt in
            guard attempt.isWhole else { return nil }
            let subject = context.subject(of: attempt)
            if clause.isUnstated {
                return .unstated(subject, "The shape of the body is not stated; \(shape(of: attempt)).")
            }
            guard clause.value != nil else { return nil }
            guard let schema = context.contract.payloadSchema else {
                return .inconclusive(subject, "The contract's schema could not be read.", by: clause.basis)
            }
            if attempt.arrived.bodyRedacted {
                return .inconclusive(
                    subject,
                    "A secret was cut out of the body, so that its shape is not known.",
                    by: clause.basis
                )
            }
            return judge(attempt, subject, schema, clause.basis, &known)
        }
    }

    private static func judge(
        _ attempt: AttemptView,
        _ subject: String,
        _ schema: PayloadSchema,
        _ basis: Basis,
        _ known: inout [Int: [PayloadProblem]]
    ) -> Finding {
        let document: [UInt8]
        switch (attempt.body.format, attempt.body.value) {
        case (.form, let value?): document = Array(value.compact().utf8)
        case (.form, nil):
            return .violated(subject, attempt.body.problem ?? "The body cannot be read.", by: basis)
        case (.json, _): document = attempt.body.bytes
        }
        let problems = known[attempt.bodyNumber] ?? schema.problems(in: document)
        known[attempt.bodyNumber] = problems
        guard let first = problems.first else {
            return .held(subject, "The body validates against \(schema.name).", by: basis)
        }
        return .violated(
            subject,
            "The body departs from \(schema.name) at \(first)",
            details: problems.dropFirst().prefix(9).map(\.description),
            by: basis
        )
    }

    private static func shape(of attempt: AttemptView) -> String {
        guard let value = attempt.body.value else { return "it could not be read" }
        guard let members = value.members else { return "it was \(value.kindName)" }
        return "its fields were \(members.prefix(12).map(\.name.quoted).joined(separator: ", "))"
    }
}
