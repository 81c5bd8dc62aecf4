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
        guard context.death(from: hung.began, to: end) == nil else { return nil }
        let progress = context.endpoints.compactMap { endpoint -> (served: [Delivery], waited: [Delivery])? in
            guard endpoint.name != hung.arrived.endpoint, !endpoint.losesConnections,
                !isSlow(endpoint, from: hung.began, to: end, context)
            else { return nil }
            let own = context.deliveries.filter {
                $0.endpoint.name == endpoint.name && $0.duty == .due && !$0.attempts.isEmpty
            }
            let served = own.filter { $0.attempts[0].began >= hung.began && $0.attempts[0].began < end }
            // Only an event that had a second left can show that it had to wait.
            let waited = own.filter { $0.attempts[0].began >= end && $0.emission.at + shortestHang <= end }
            return served.isEmpty && waited.isEmpty ? nil : (served, waited)
        }
        guard !progress.isEmpty else { return nil }
        let subject = context.subject(of: hung)
        let held = "kept an attempt open for \(TimeText.of(end - hung.began))"
        // An endpoint that was served meanwhile was not held up, even when there was more for it than could be sent.
        let stuck = progress.filter { $0.served.isEmpty }
        let name = hung.arrived.endpoint
        if clause.value != .any {
            guard clause.isUnstated else { return nil }
            let saw = "\(stuck.count) of \(progress.count) others waited"
            return .unstated(subject, "That there are several endpoints is not stated; \(name) \(held), and \(saw).")
        }
        guard let first = stuck.first?.waited.first else {
            let served = progress.flatMap(\.served)
            let text = "\(name) \(held); \(served.count) deliveries to others did not wait\(pace(of: served))."
            // What seems to have come before the end came after it where the end was stamped late.
            let late = context.clockUncertainty(at: end)
            guard late.isNone || served.contains(where: { $0.attempts[0].began + late.amount < end }) else {
                return .inconclusive(subject, "\(text) \(late.sentence)", by: clause.basis)
            }
            return .held(subject, text, by: clause.basis)
        }
        let doubt = context.uncertainty(from: hung.began, to: end)
        let text = "\(name) \(held), and \(first.subject) came only afterwards."
        guard doubt.amount < shortestHang else {
            return .inconclusive(subject, "\(text) \(doubt.sentence)", by: clause.basis)
        }
        return .violated(
            subject,
            text,
            details: context.timeline(of: [hung]) + context.timeline(of: first),
            by: clause.basis
        )
    }

    /// In what time nearly all deliveries were there; empty for a few, of which that says nothing.
    private static func pace(of served: [Delivery]) -> String {
        guard served.count >= 20 else { return "" }
        let waits = served.map { max(.zero, $0.attempts[0].began - $0.emission.at) }.sorted()
        return ", 95 of 100 came within \(TimeText.of(waits[waits.count * 95 / 100]))"
    }

    /// Says that an endpoint kept an attempt open itself, so that its deliveries may have waited for that.
    private static func isSlow(
        _ endpoint: EndpointView,
        from start: Stamp,
        to end: Stamp,
        _ context: JudgingContext
    ) -> Bool {
        context.attempts.contains { attempt in
            let over = attempt.ended ?? context.observedEnd
            return attempt.arrived.endpoint == endpoint.name && attempt.began < end && over > start
                && over - attempt.began >= shortestHang
        }
    }
}
