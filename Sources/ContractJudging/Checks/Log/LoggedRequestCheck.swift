import DeliveryEvidence
import WebhookContracts

/// V3: as many attempts in the log as requests at the receiver.
enum LoggedRequestCheck {
    static let check = Check(
        "log.every-request",
        codes: ["V3"],
        title: "The log has as many attempts as requests arrived.",
        asks: """
            Of each delivery, the log has no fewer attempts than requests came, and none with a response that the receiver \
            never gave. An attempt that never got as far as a request is logged without a response.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        guard log.isAvailable else { return [] }
        let basis = context.contract.deliveryLog.basis
        return context.deliveries.compactMap { delivery in
            guard let records = log.records(of: delivery), !records.isEmpty else { return nil }
            let entries = records.flatMap(\.attempts).filter { log.outcome(of: $0) != .open }
            guard !entries.isEmpty else { return nil }
            let open = records.reduce(0) { $0 + $1.attempts.count } - entries.count
            let requests = delivery.attempts.count
            let answered = entries.count { $0.responseCode != nil }
            let figures = "\(requests) requests came, and the log has \(entries.count) finished attempts"
            if requests > entries.count + open || answered > requests {
                let asked = delivery.emission.emitted.asked
                guard context.death(from: asked, to: context.observedEnd) == nil else {
                    let text = "\(figures); the process ended meanwhile."
                    return .inconclusive(delivery.subject, text, by: basis)
                }
                if answered > requests, context.history.dropped > 0 {
                    let text = "\(figures); \(context.history.dropped) records of the scenario were lost."
                    return .inconclusive(delivery.subject, text, by: basis)
                }
                let text = answered > requests ? "\(figures), \(answered) of them with a response." : "\(figures)."
                return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: basis)
            }
            return .held(delivery.subject, "\(figures).", by: basis)
        }
    }
}
