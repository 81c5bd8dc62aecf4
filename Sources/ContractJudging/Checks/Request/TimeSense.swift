import DeliveryEvidence
import Notation
import WebhookContracts

/// Judges one time of one body: its form, and whether it fits what happened.
struct TimeSense {
    let context: JudgingContext
    let attempt: AttemptView
    let body: JSONValue

    /// Two clocks of one machine, read at different moments of an exchange and rounded to whole seconds, are this near.
    private static let slack = Duration.seconds(2)

    func judge(_ field: FieldTerms, _ value: JSONValue, _ subject: String) -> Finding {
        let basis = field.clause.basis
        let place = field.pointer.text
        guard let text = value.stringValue else {
            return .violated(subject, "\(place) is \(value.kindName), not a time as text.", by: basis)
        }
        guard let time = WallTime(text) else {
            return .violated(subject, "\(place) is \(text.quoted), which is not a time of RFC 3339.", by: basis)
        }
        if let problem = formProblem(time, field.timeForm) {
            return .violated(subject, "\(place) is \(text.quoted): \(problem).", by: basis)
        }
        if let problem = orderProblem(time, field) {
            return .violated(subject, "\(place) is \(text.quoted), \(problem).", by: basis)
        }
        guard let start = context.history.startedAt.flatMap({ WallTime($0) }) else {
            return .held(subject, "\(place) is a time in the promised form.", by: basis)
        }
        return fit(time, start, field, text, subject)
    }

    private func formProblem(_ time: WallTime, _ form: TimeForm?) -> String? {
        switch form {
        case .utc? where !time.isZulu: "UTC marked with Z is promised"
        case .utc? where time.fractionDigits != 3: "milliseconds are promised"
        case .offset? where time.isZulu: "a numeric offset is promised"
        case .offset? where time.fractionDigits != 0: "whole seconds are promised"
        default: nil
        }
    }

    private func orderProblem(_ time: WallTime, _ field: FieldTerms) -> String? {
        guard field.role == .dispatchedAt, let occurred = context.contract.body.field(playing: .occurredAt),
            let earlier = body[occurred.pointer]?.stringValue.flatMap({ WallTime($0) })
        else { return nil }
        // A time in whole seconds may seem to lie up to a second before one with milliseconds.
        let rounding: Duration = time.fractionDigits == occurredDigits(occurred) ? .zero : .seconds(1)
        guard time.sinceEpoch + rounding < earlier.sinceEpoch else { return nil }
        return "\(TimeText.of(earlier.sinceEpoch - time.sinceEpoch)) before the event occurred"
    }

    private func occurredDigits(_ field: FieldTerms) -> Int? {
        body[field.pointer]?.stringValue.flatMap { WallTime($0) }?.fractionDigits
    }

    /// Holds a time against the run's own clock.
    private func fit(
        _ time: WallTime,
        _ start: WallTime,
        _ field: FieldTerms,
        _ text: String,
        _ subject: String
    ) -> Finding {
        let basis = field.clause.basis
        let sinceStart = time.sinceEpoch - start.sinceEpoch
        let zero = Stamp(nanoseconds: 0)
        let arrival = (attempt.arrived.bodyEnd ?? attempt.began) - zero
        let doubt = context.uncertainty(from: zero, to: attempt.began).amount
        if sinceStart > arrival + Self.slack + doubt {
            let by = TimeText.of(sinceStart - arrival)
            return .violated(
                subject,
                "\(field.pointer.text) is \(text.quoted), \(by) after the request arrived.",
                by: basis
            )
        }
        if field.role == .dispatchedAt, let emission = context.emission(of: attempt) {
            let asked = emission.emitted.asked - zero
            if sinceStart < asked - Self.slack - doubt {
                let by = TimeText.of(asked - sinceStart)
                return .violated(
                    subject,
                    "\(field.pointer.text) is \(text.quoted), \(by) before the event was handed over.",
                    by: basis
                )
            }
        }
        return .held(subject, "\(field.pointer.text) is a time in the promised form and fits what happened.", by: basis)
    }
}
