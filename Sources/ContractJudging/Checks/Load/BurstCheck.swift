import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// U1: a burst is delivered, each event once.
enum BurstCheck {
    static let check = Check(
        "burst.all-delivered-once",
        codes: ["U1"],
        title: "Every event of a burst is delivered exactly once.",
        asks: """
            Of the events of a burst that were accepted and answered with success, none is missing and none came twice, and no \
            more attempts are open at an endpoint at once than the contract says. Missing ones are judged only when they had to \
            come by the end.
            """
    ) { context in
        let names = burstEvents(of: context.scenario)
        guard !names.isEmpty else { return [] }
        return context.endpoints.compactMap { endpoint in
            let due = context.deliveries.filter { delivery in
                names.contains(delivery.emission.event) && delivery.endpoint.name == endpoint.name
                    && ArrivalCheck.isOwed(delivery)
            }
            return due.isEmpty ? nil : judge(due, endpoint, context)
        }
    }

    /// The names that the events of bursts have: the runner counts all emissions through.
    private static func burstEvents(of scenario: Scenario) -> Set<String> {
        var names: Set<String> = []
        var count = 0
        for step in scenario.steps {
            switch step.action {
            case .emit: count += 1
            case .burst(_, let size):
                for _ in 0..<size {
                    count += 1
                    names.insert("e\(count)")
                }
            default: break
            }
        }
        return names
    }

    private static func judge(_ due: [Delivery], _ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        // Failed attempts have checks of their own; a crash does, too.
        guard due.allSatisfy({ $0.attempts.allSatisfy(\.receiverResult.isSuccess) }),
            let start = due.map(\.emission.emitted.asked).min(),
            context.death(from: start, to: context.observedEnd) == nil
        else { return nil }
        let basis = context.contract.guarantee.basis
        let doubled = due.filter { $0.attempts.count > 1 }
        if let first = doubled.first {
            let text = "\(doubled.count) of \(due.count) events came more than once, such as \(first.emission.event)."
            return .violated(endpoint.name, text, details: context.timeline(of: first), by: basis)
        }
        if let most = context.contract.endpoint.concurrency.value, due.count > most,
            let broken = overrun(endpoint, most: most, from: start, due.count, context)
        {
            return broken
        }
        let missing = due.filter(\.attempts.isEmpty)
        let last = due.map(\.emission.at).max() ?? start
        guard missing.isEmpty else { return judge(missing, of: due.count, endpoint, context) }
        let lastCame = due.compactMap { $0.attempts.last?.began }.max() ?? last
        switch context.silence(since: lastCame) {
        case .proven: return .held(endpoint.name, "\(due.count) events came exactly once each.", by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(endpoint.name, "\(due.count) events came once each so far, but \(why).", by: basis)
        }
    }

    /// More attempts at once than the contract promises; `nil` when there were none.
    private static func overrun(
        _ endpoint: EndpointView,
        most: Int,
        from start: Stamp,
        _ count: Int,
        _ context: JudgingContext
    ) -> Finding? {
        let pace = EndpointPace(at: endpoint, from: start, context)
        let finding = RecoveryCheck.concurrency(pace, most: most, endpoint, "\(count) events were due", count, context)
        return finding?.outcome == .held ? nil : finding
    }

    private static func judge(
        _ missing: [Delivery],
        of count: Int,
        _ endpoint: EndpointView,
        _ context: JudgingContext
    ) -> Finding? {
        let guarantee = context.contract.guarantee
        let names = missing.prefix(10).map(\.emission.event).joined(separator: ", ")
        let text = "\(missing.count) of \(count) events did not come (\(names))."
        guard !guarantee.isUnstated else {
            return .unstated(endpoint.name, "\(text) How hard the provider tries is not stated.")
        }
        var isQueued = true
        for delivery in missing {
            switch context.absence(of: delivery) {
            case .overdue where guarantee.value != .bestEffort:
                let never = context.nothingEver(since: delivery.emission.at)
                let details = never.isEmpty ? [] : ["They did not come\(never)."]
                return .violated(endpoint.name, text, details: details, by: guarantee.basis)
            case .queued: continue
            case .overdue, .notWatched, .doubtful: isQueued = false
            }
        }
        guard !isQueued else { return nil }
        return .inconclusive(endpoint.name, "\(text) They may be missed, or come later.", by: guarantee.basis)
    }
}
