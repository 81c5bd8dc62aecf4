import DeliveryEvidence
import Notation

extension DeliveryLogSource {
    /// Makes records of what the dispatcher's log says.
    ///
    /// - Throws: `DispatcherError` when the answer is not JSON or holds no list of deliveries where it should.
    func deliveries(in body: [UInt8]) throws(DispatcherError) -> [LoggedDelivery] {
        let value: JSONValue
        do {
            value = try JSONValue.parse(body)
        } catch {
            throw DispatcherError("the delivery log is not JSON: \(error.message) at byte \(error.offset)")
        }
        guard let items = value[list]?.items else {
            throw DispatcherError(
                "the delivery log has no list at '\(list.text)'",
                wayOut: "correct `list` under `delivery_log`"
            )
        }
        return items.map(delivery)
    }

    private func delivery(_ value: JSONValue) -> LoggedDelivery {
        func text(_ field: String) -> String? { fields[field].flatMap { value[$0]?.plainText } }
        var logged = LoggedDelivery()
        logged.id = text("id")
        logged.eventID = text("event id")
        logged.eventType = text("event type")
        logged.createdAt = text("created at")
        logged.url = text("url")
        logged.latestStatus = fields["latest status"].flatMap { value[$0]?.wholeNumber }
        logged.payload = text("payload").map { Bytes(text: $0) }
        logged.state = text("state")
        logged.isGivenUp = givenUp.isEmpty ? nil : logged.state.map { givenUp.contains($0) }
        logged.nextAttemptAt = text("next attempt at")
        logged.attempts = attempts.flatMap { value[$0]?.items }?.map(attempt) ?? []
        return logged
    }

    private func attempt(_ value: JSONValue) -> LoggedAttempt {
        func text(_ field: String) -> String? { attemptFields[field].flatMap { value[$0]?.plainText } }
        var logged = LoggedAttempt()
        logged.number = attemptFields["number"].flatMap { value[$0]?.wholeNumber }
        logged.outcome = text("outcome")
        logged.attemptedAt = text("attempted at")
        logged.responseCode = attemptFields["response code"].flatMap { value[$0]?.wholeNumber }
        logged.responseHeaders = text("response headers").map { Bytes(text: $0) }
        logged.responseBody = text("response body").map { Bytes(text: $0) }
        logged.error = text("error")
        logged.nextAttemptAt = text("next attempt at")
        return logged
    }
}

extension JSONValue {
    /// A whole number, also one that the log shows as text.
    fileprivate var wholeNumber: Int? { intValue ?? stringValue.flatMap { Int($0) } }

    /// The value as a log shows it: text as it is, anything else as JSON, nothing for null.
    fileprivate var plainText: String? {
        switch self {
        case .null: nil
        case .string(let text): text
        default: compact()
        }
    }
}
