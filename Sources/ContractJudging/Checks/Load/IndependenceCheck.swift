import DeliveryEvidence
import WebhookContracts

/// U2: endpoints do not wait for each other.
enum IndependenceCheck {
    /// What is over sooner holds nobody up for long enough to tell.
    private static let shortestHang = Duration.seconds(1)

    static let check = Check(
        "endpoints.do-not-wait-for-each-other",
        codes: ["U2"],
        title: "An endpoint that does not answer holds no other endpoint up.",
        asks: """
            While one endpoint keeps an attempt open, events that are handed over in that time reach the other endpoints \
            before the attempt is over.
            """
    ) { context in
        guard context.endpoints.count > 1 else { return [] }
        let clause = context.contract.endpoint.count
        return context.attempts.compactMap { hung -> Finding? in
            let end = hung.ended ?? context.observedEnd
            guard end - hung.began >= shortestHang else { return nil }
            return judge(hung, until: end, clause, context)
        }
    }

    private static func judge(
        _ hung: AttemptView,
        until end: Stamp,
        _ clause: Clause<EndpointCount>,
        _ context: JudgingContext
    ) -> Finding? {
        // Only an event that had the better part of a second left can show that it had to wait.
        let own = context.emission(of: hung)?.number
        let others = context.deliveries.filter { delivery in
            let isMeanwhile = delivery.emission.number == own || delivery.emission.emitted.asked >= hung.began
            return delivery.endpoint.name != hung.arrived.endpoint && delivery.duty == .due && isMeanwhile
                && end - max(delivery.emission.at, hung.began) >= shortestHang && !delivery.attempts.isEmpty
                && context.death(from: hung.began, to: end) == nil
        }
        guard !others.isEmpty else { return nil }
        let subject = context.subject(of: hung)
        let held = "kept an attempt open for \(TimeText.of(end - hung.began))"
        let waited = others.filter { $0.attempts[0].began >= end }
        let name = hung.arrived.endpoint
        if clause.value != .any {
            guard clause.isUnstated else { return nil }
            let saw = "\(waited.count) of \(others.count) deliveries to others waited"
            return .unstated(subject, "That there are several endpoints is not stated; \(name) \(held), and \(saw).")
        }
        guard let first = waited.first else {
            return .held(
                subject,
                "\(name) \(held); \(others.count) deliveries to others did not wait.",
                by: clause.basis
            )
        }
        let stalled = context.stall(from: hung.began, to: end)
        let text = "\(name) \(held), and \(first.subject) came only afterwards."
        guard stalled < shortestHang else {
            return .inconclusive(subject, "\(text) The host stalled for \(TimeText.of(stalled)).", by: clause.basis)
        }
        return .violated(
            subject,
            text,
            details: context.timeline(of: [hung]) + context.timeline(of: first),
            by: clause.basis
        )
    }
}
