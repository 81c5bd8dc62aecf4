import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// V1: the log shows every attempt, with what is promised of it.
enum LoggedAttemptCheck {
    static let check = Check(
        "log.every-attempt",
        codes: ["V1"],
        title: "The delivery log has a record of every attempt, with the promised fields.",
        asks: """
            One record for each request, and in it every stated field that the attempt had: a response code, headers and body \
            only where a response came. Codes and bodies are those that were sent.
            """
    ) { context in
        let clause = context.contract.deliveryLog
        let log = DeliveryLogIndex(context)
        guard context.deliveries.contains(where: { !$0.attempts.isEmpty }) else { return [] }
        if clause.isUnstated {
            guard log.isAvailable else { return [] }
            let count = log.rows.reduce(0) { $0 + $1.attempts.count }
            return [.unstated(nil, "A delivery log is not promised; there is one with \(count) attempts.")]
        }
        guard let terms = clause.value else { return [] }
        guard !terms.event.isEmpty || !terms.attempt.isEmpty else {
            let count = log.rows.reduce(0) { $0 + $1.attempts.count }
            let saw = log.isAvailable ? "there is one with \(count) attempts" : "it was not looked at (\(log.obstacle))"
            return [.unstated(nil, "What the delivery log shows is not stated; \(saw).")]
        }
        guard log.isAvailable else {
            let text = "The delivery log was not looked at: \(log.obstacle)."
            let way = "Say under `delivery_log` in the dispatcher's description how to read it."
            return [.inconclusive(nil, "\(text) \(way)", by: clause.basis)]
        }
        return context.deliveries.compactMap { judge($0, terms, log, context) }
    }

    private static func judge(
        _ delivery: Delivery,
        _ terms: DeliveryLogTerms,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        guard !delivery.attempts.isEmpty, !log.isShared(delivery) else { return nil }
        let basis = context.contract.deliveryLog.basis
        guard let records = log.records(of: delivery) else {
            let text = "Nothing in the log tells which record belongs to the event."
            return .inconclusive(delivery.subject, text, by: basis)
        }
        guard !records.isEmpty else {
            let text = "The event was attempted \(delivery.attempts.count) times, and the log has no record of it."
            return .violated(delivery.subject, text, by: basis)
        }
        let entries = records.flatMap(\.attempts)
        guard entries.count >= delivery.attempts.count else {
            // A log that shows no attempts at all where none are promised is a log all the same.
            if terms.attempt.isEmpty, entries.isEmpty {
                return .held(delivery.subject, "The event is in the log.", by: basis)
            }
            let text = "\(delivery.attempts.count) requests came, and the log has \(entries.count) attempts."
            let last = delivery.attempts.last?.began ?? context.observedEnd
            guard context.death(from: delivery.attempts[0].began, to: last) == nil else {
                return .inconclusive(delivery.subject, "\(text) The process ended between them.", by: basis)
            }
            return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: basis)
        }
        let problems = delivery.attempts.flatMap { attempt -> [String] in
            guard let entry = log.entry(of: attempt, in: delivery) else { return [] }
            // What the dispatcher had not written down when it was ended, it cannot show.
            let isCutOff = log.outcome(of: entry) == .open
            guard !isCutOff || context.death(from: attempt.began, to: context.observedEnd) == nil else { return [] }
            return self.problems(entry, attempt, terms, context).map { "attempt \(attempt.ordinal): \($0)" }
        }
        guard let first = problems.first else {
            let text = "\(entries.count) attempts are logged with \(terms.attempt.count) promised fields."
            return .held(delivery.subject, text, by: basis)
        }
        return .violated(delivery.subject, "In the log, \(first).", details: Array(problems.dropFirst()), by: basis)
    }

    private static func problems(
        _ entry: LoggedAttempt,
        _ attempt: AttemptView,
        _ terms: DeliveryLogTerms,
        _ context: JudgingContext
    ) -> [String] {
        let wasAnswered = attempt.receiverResult.status != nil
        let sent = context.scriptedResponse(to: attempt)
        return terms.attempt.compactMap { field -> String? in
            switch field {
            case .status, .latestStatus:
                return entry.outcome == nil && entry.responseCode == nil ? "no status is shown" : nil
            case .attemptedAt, .createdAt: return entry.attemptedAt == nil ? "no time is shown" : nil
            case .responseCode:
                guard wasAnswered, let status = attempt.receipt?.status else { return nil }
                guard let code = entry.responseCode else { return "no response code is shown; \(status) was sent" }
                return code == status ? nil : "the response code is \(code); \(status) was sent"
            case .responseHeaders:
                return wasAnswered && entry.responseHeaders == nil ? "no response headers are shown" : nil
            case .responseBody:
                guard wasAnswered, let sent, !sent.body.isEmpty else { return nil }
                guard let body = entry.responseBody, !body.bytes.isEmpty else { return "no response body is shown" }
                // A log may keep the start of a body only.
                return sent.body.utf8.starts(with: body.bytes) || body.text.hasPrefix(sent.body)
                    ? nil : "the response body is not the one that was sent"
            // How failures are told apart, and when the next attempt is due, have checks of their own.
            case .id, .eventType, .url, .payload, .failureKind, .nextAttemptAt: return nil
            }
        }
    }
}

extension ReceiverResult {
    /// The status that the dispatcher had in time; `nil` when it had none for sure.
    var status: Int? {
        switch self {
        case .success(let status): status
        case .failure(_, let status): status
        case .ambiguous: nil
        }
    }
}
