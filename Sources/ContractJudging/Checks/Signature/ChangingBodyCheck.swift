import DeliveryEvidence
import Notation
import WebhookContracts

/// S7: where a body changes from attempt to attempt, each attempt is signed over its own.
enum ChangingBodyCheck {
    static let check = Check(
        "signature.changing-body",
        codes: ["S7"],
        title: "Where the body changes with the attempt, every attempt's signature is that of its own body.",
        asks: """
            The fields for the attempt's number and time are there and move on with each attempt, and the signature verifies \
            over the bytes that came with it.
            """
    ) { context in
        let fields = context.contract.body.changingFields
        guard !fields.isEmpty else { return [] }
        let stated = StatedScheme(context.contract.signature)
        let signed = Dictionary(
            SignedAttempt.all(in: context).map { ($0.attempt.number, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return context.deliveries.flatMap { delivery in
            delivery.attempts.filter(\.isWhole).flatMap { attempt -> [Finding] in
                let before = delivery.attempts.last { $0.isWhole && $0.ordinal < attempt.ordinal }
                let values = fields.compactMap { value($0, attempt, before, delivery.subject(attempt)) }
                guard before != nil, let signed = signed[attempt.number] else { return values }
                return values + [signature(signed, stated, fields)].compactMap(\.self)
            }
        }
    }

    /// The field is there, and tells more than it did on the attempt before.
    private static func value(
        _ field: FieldTerms,
        _ attempt: AttemptView,
        _ before: AttemptView?,
        _ subject: String
    ) -> Finding? {
        guard attempt.body.value != nil, !attempt.arrived.bodyRedacted else { return nil }
        let place = field.pointer.text
        let basis = field.clause.basis
        guard let text = attempt.body.text(at: field.pointer) else {
            return .violated(
                subject,
                "The body has nothing at \(place), where the \(field.role.rawValue) stands.",
                by: basis
            )
        }
        guard let now = order(text, field.role) else {
            return .violated(subject, "\(place) is \(text.quoted), which is no \(field.role.rawValue).", by: basis)
        }
        guard let earlier = before?.body.text(at: field.pointer), let then = order(earlier, field.role) else {
            return before == nil ? .held(subject, "\(place) is \(text.quoted).", by: basis) : nil
        }
        // Two attempts may fall into the same moment, as far as it is written down.
        let isLater = field.role == .attemptNumber ? now > then : now >= then
        guard isLater else {
            return .violated(subject, "\(place) is \(text.quoted), as on the attempt before or earlier.", by: basis)
        }
        return .held(subject, "\(place) moved on to \(text.quoted).", by: basis)
    }

    /// A value that grows with the attempts; `nil` when the text has not the form of the role.
    private static func order(_ text: String, _ role: FieldRole) -> Duration? {
        guard role == .attemptNumber else { return WallTime(text)?.sinceEpoch }
        guard text.utf8.count <= 9, let number = Int(text), number >= 0 else { return nil }
        return .seconds(number)
    }

    private static func signature(_ signed: SignedAttempt, _ stated: StatedScheme, _ fields: [FieldTerms]) -> Finding? {
        let basis = fields[0].clause.basis
        guard signed.value != nil else { return nil }
        if let obstacle = signed.obstacle {
            return .inconclusive(signed.subject, "The retry's signature cannot be checked: \(obstacle).", by: basis)
        }
        guard stated.candidates.contains(where: { signed.verifies($0) }) else {
            let text = "The body changed with the attempt, and the signature is not that of the body that came."
            return stated.scheme == nil ? nil : .violated(signed.subject, text, by: basis)
        }
        return .held(signed.subject, "The retry is signed over its own body.", by: basis)
    }
}
