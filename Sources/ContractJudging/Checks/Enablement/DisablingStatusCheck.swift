import DeliveryEvidence
import Notation
import WebhookContracts

/// X5: an endpoint that answers as the contract says gets nothing more.
enum DisablingStatusCheck {
    static let check = Check(
        "endpoint.disabled-by-answer",
        codes: ["X5"],
        title: "An answer that switches an endpoint off is the last that it is asked for.",
        asks: """
            After the first such answer no request comes to the endpoint: no retry, and no later event, until it is switched on \
            again. An attempt that may have been under way proves nothing.
            """
    ) { context in
        guard let statuses = context.contract.disablement.statuses.value else { return [] }
        return context.endpoints.compactMap { endpoint in
            let own = context.attempts.filter { $0.arrived.endpoint == endpoint.name }
            guard let last = own.first(where: { $0.isRefusedForGood(statuses) }), let answered = last.ended else {
                return nil
            }
            return judge(endpoint, last, answered, later: own.filter { $0.began > answered }, context)
        }
    }

    private static func judge(
        _ endpoint: EndpointView,
        _ last: AttemptView,
        _ answered: Stamp,
        later: [AttemptView],
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.disablement.statuses.basis
        let on = endpoint.changes.first { $0.value.accepted && $0.value.change == .enabled && $0.at > answered }
        let end = on?.value.asked ?? context.observedEnd
        let text = "The endpoint answered \(last.receipt?.status ?? 0) at \(context.text(answered))"
        if let next = later.first(where: { $0.began < end }) {
            let wait = next.began - answered
            let slack = context.tolerance.limit + context.uncertainty(from: answered, to: next.began).amount
            guard wait > slack else {
                let why = "\(text), and another request came so soon that it may have been under way."
                return .inconclusive(endpoint.name, why, by: basis)
            }
            return .violated(endpoint.name, "\(text), and another request came \(TimeText.of(wait)) later.", by: basis)
        }
        // What shows that it was switched off is a retry, or another event, that had to come otherwise.
        guard on == nil, isTested(endpoint, after: last, since: answered, context) else { return nil }
        switch context.silence(since: answered) {
        case .proven(let watched):
            return .held(endpoint.name, "\(text), and nothing more came in \(TimeText.of(watched)).", by: basis)
        case .notWatched: return nil
        case .doubtful(let why): return .inconclusive(endpoint.name, "\(text), but \(why).", by: basis)
        }
    }

    /// Says that a dispatcher that did not switch the endpoint off would have sent something while it was watched.
    private static func isTested(
        _ endpoint: EndpointView,
        after last: AttemptView,
        since answered: Stamp,
        _ context: JudgingContext
    ) -> Bool {
        let delay = context.promise.delay(after: last.ordinal) ?? JudgingContext.patience
        let wait = context.window(of: delay).latest
        let isRetryDue = context.observedEnd - answered >= wait
        return isRetryDue
            || context.deliveries.contains { delivery in
                delivery.endpoint.name == endpoint.name && delivery.duty == .due && delivery.emission.at > answered
                    && context.observedEnd - delivery.emission.at >= context.timeToStart
            }
    }
}

extension AttemptView {
    /// Says that the whole answer was one that switches its endpoint off.
    fileprivate func isRefusedForGood(_ statuses: StatusSet) -> Bool {
        guard case .failure(_, let status?) = receiverResult else { return false }
        return statuses.contains(status)
    }
}

extension JudgingContext {
    /// Says that an endpoint has given an answer that switches it off by contract.
    func isDisabledByAnswer(_ endpoint: EndpointView) -> Bool {
        guard let statuses = contract.disablement.statuses.value else { return false }
        return attempts.contains { $0.arrived.endpoint == endpoint.name && $0.isRefusedForGood(statuses) }
    }
}
