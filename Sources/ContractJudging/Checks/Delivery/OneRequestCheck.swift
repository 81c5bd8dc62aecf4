import DeliveryEvidence
import WebhookContracts

/// T6: what counts as one attempt is one request.
enum OneRequestCheck {
    static let check = Check(
        "transport.one-request-per-attempt",
        codes: ["T6"],
        title: "An attempt is one request; nothing below the dispatcher's retry sends it again.",
        asks: """
            No two requests of a delivery carry the same attempt number, and no more requests arrive than the dispatcher's log \
            has attempts.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.deliveries.compactMap { delivery in
            guard let first = delivery.attempts.first, let last = delivery.attempts.last else { return nil }
            let hasDied = context.death(from: first.began, to: last.began) != nil
            return byNumber(delivery, hasDied, context) ?? byLog(delivery, hasDied, log, context)
        }
    }

    private static func byNumber(_ delivery: Delivery, _ hasDied: Bool, _ context: JudgingContext) -> Finding? {
        guard let terms = context.contract.header(carrying: .attemptNumber) else { return nil }
        let numbers = delivery.attempts.compactMap { $0.header(terms.name) }
        guard numbers.count == delivery.attempts.count, !hasDied else { return nil }
        let basis = terms.value.basis
        guard Set(numbers).count < numbers.count else {
            return .held(delivery.subject, "\(numbers.count) requests have as many attempt numbers.", by: basis)
        }
        return .violated(
            delivery.subject,
            "\(numbers.count) requests share \(Set(numbers).count) attempt numbers: \(numbers.joined(separator: ", ")).",
            details: context.timeline(of: delivery),
            by: basis
        )
    }

    private static func byLog(
        _ delivery: Delivery,
        _ hasDied: Bool,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        guard let records = log.records(of: delivery), !records.isEmpty else { return nil }
        let logged = records.reduce(0) { $0 + $1.attempts.count }
        let requests = delivery.attempts.count
        // A log without any entry for attempts says nothing about them.
        guard logged > 0 else { return nil }
        guard requests > logged else {
            return .held(delivery.subject, "\(requests) requests stand for \(logged) logged attempts.", by: Basis())
        }
        let text = "\(requests) requests arrived, and the log has \(logged) attempts"
        if hasDied { return .inconclusive(delivery.subject, "\(text); the process ended between them.", by: Basis()) }
        return .violated(delivery.subject, "\(text).", details: context.timeline(of: delivery), by: Basis())
    }
}
