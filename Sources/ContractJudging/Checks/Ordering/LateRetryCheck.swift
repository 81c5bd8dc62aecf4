import DeliveryEvidence
import Notation
import WebhookContracts

/// O4: a receiver can tell that an event is older than one it had before.
enum LateRetryCheck {
    static let check = Check(
        "ordering.age-shows",
        codes: ["O4"],
        title: "The time in the body tells a receiver that a late event is older than one that came before.",
        asks:
            "Where an older event comes after a newer one at the same endpoint, the time of its occurrence is not the later."
    ) { context in
        guard let field = context.contract.body.field(playing: .occurredAt), field.clause.value != nil else {
            return []
        }
        return context.endpoints.flatMap { judge($0, field, context) }
    }

    private static func judge(_ endpoint: EndpointView, _ field: FieldTerms, _ context: JudgingContext) -> [Finding] {
        var newest: (emission: EmissionView, time: WallTime)?
        return context.attempts.compactMap { attempt -> Finding? in
            guard attempt.arrived.endpoint == endpoint.name, attempt.isWhole,
                let emission = context.emission(of: attempt),
                let text = attempt.body.text(at: field.pointer), let time = WallTime(text)
            else { return nil }
            guard let before = newest, emission.at <= before.emission.emitted.asked else {
                if newest.map({ $0.emission.number < emission.number }) ?? true { newest = (emission, time) }
                return nil
            }
            let subject = context.subject(of: attempt)
            let pair = "\(emission.event) came after \(before.emission.event), which is newer"
            guard time.sinceEpoch <= before.time.sinceEpoch else {
                let text = "\(pair); its time \(text) says that it is not older."
                return .violated(subject, text, by: field.clause.basis)
            }
            return .held(subject, "\(pair); its time tells.", by: field.clause.basis)
        }
    }
}
