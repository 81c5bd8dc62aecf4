import FoundationEssentials
import Notation
import WebhookContracts

extension DispatchPolicy {
    /// The event's body with the attempt's number and time in it, where the contract has them there.
    ///
    /// A field is filled in when the object it belongs in is there; everything else stays as it was accepted.
    func attemptBody(of attempt: Attempt) -> [UInt8] {
        let fields = contract.body.changingFields
        guard !fields.isEmpty, let envelope = try? JSONValue.parse(attempt.event.envelopeJSON) else {
            return attempt.event.body
        }
        let filled = fields.reduce(envelope) { body, field in
            body.setting(value(of: field, in: attempt), at: field.pointer) ?? body
        }
        return bytes(of: filled)
    }

    private func value(of field: FieldTerms, in attempt: Attempt) -> JSONValue {
        guard field.role == .attemptNumber else {
            return .string(TimeText.text(attempt.startedAt, form: field.timeForm ?? .utc))
        }
        return .number(String(attemptNumber(of: attempt)))
    }
}
