import DeliveryEvidence
import WebhookContracts

/// V2: the log shows every event, with what is promised of it.
enum LoggedEventCheck {
    static let check = Check(
        "log.event-fields",
        codes: ["V2"],
        title: "The delivery log shows the promised fields of every event.",
        asks: """
            Every stated field is there; type and URL are those of the event and the endpoint, and the payload is byte for byte \
            the body that was received. The latest status may stand on the last attempt.
            """
    ) { context in
        let clause = context.contract.deliveryLog
        guard let terms = clause.value, !terms.event.isEmpty else { return [] }
        let log = DeliveryLogIndex(context)
        guard log.isAvailable else { return [] }
        return context.deliveries.flatMap { delivery -> [Finding] in
            guard !delivery.attempts.isEmpty, let records = log.records(of: delivery) else { return [] }
            return records.map { record in
                let problems = terms.event.compactMap { problem($0, record, delivery, context) }
                guard let first = problems.first else {
                    let text = "\(terms.event.count) promised fields are shown."
                    return .held(delivery.subject, text, by: clause.basis)
                }
                let rest = Array(problems.dropFirst())
                return .violated(delivery.subject, "In the log, \(first).", details: rest, by: clause.basis)
            }
        }
    }

    private static func problem(
        _ field: LogField,
        _ record: LoggedDelivery,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> String? {
        switch field {
        case .id: return record.id == nil ? "no id is shown" : nil
        case .createdAt: return record.createdAt == nil ? "no time is shown" : nil
        case .eventType:
            let type = delivery.emission.type
            guard let shown = record.eventType else { return "no event type is shown" }
            let names = [type, context.contract.event(named: type)?.sentName]
            return names.contains(shown) ? nil : "the event type is \(shown.quoted), not \(type)"
        case .url:
            guard let shown = record.url else { return "no URL is shown" }
            let urls = delivery.endpoint.urls + [delivery.endpoint.opened?.url].compactMap(\.self)
            return urls.contains(shown) ? nil : "the URL is not that of the endpoint"
        case .latestStatus, .status, .responseCode:
            let last = record.attempts.last
            guard let latest = record.latestStatus else {
                return last?.outcome == nil && last?.responseCode == nil ? "no latest status is shown" : nil
            }
            guard let code = last?.responseCode, code != latest else { return nil }
            return "the latest status is \(latest), and the last attempt's is \(code)"
        case .payload:
            guard let shown = record.payload else { return "no payload is shown" }
            let bodies = delivery.attempts.filter { $0.isWhole && !$0.arrived.bodyRedacted }.map(\.body.bytes)
            return bodies.isEmpty || bodies.contains(shown.bytes)
                ? nil : "the payload is not the body that was received"
        case .attemptedAt, .responseHeaders, .responseBody, .failureKind, .nextAttemptAt: return nil
        }
    }
}
