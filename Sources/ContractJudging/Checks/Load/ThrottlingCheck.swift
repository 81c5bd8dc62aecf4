import DeliveryEvidence
import WebhookContracts

/// U4: an endpoint that answers 429 gets less, for as long as it asks.
enum ThrottlingCheck {
    /// For how long traffic is watched after a 429 without `Retry-After`.
    private static let usual = Duration.seconds(60)

    static let check = Check(
        "burst.throttled",
        codes: ["U4"],
        title: "An endpoint that answers 429 gets less, or nothing, for as long as it asks.",
        asks: """
            From the first 429 on, for the time of its Retry-After, nothing begins at the endpoint where a pause is promised, \
            and less than in the same time before where slowing down is. Judged where there was something to send.
            """
    ) { context in
        context.endpoints.compactMap { judge($0, context) }
    }

    private static func judge(_ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let here = context.attempts.filter { $0.arrived.endpoint == endpoint.name }.sorted { $0.began < $1.began }
        guard let refused = here.first(where: { $0.receipt?.status == 429 && $0.receipt?.answerEnded != nil }),
            let told = refused.ended
        else { return nil }
        let asked = RetryAfterCheck.seconds(answeredTo: refused, context).map { Duration.seconds($0) }
        // A time that is over at once asks for nothing.
        guard asked.map({ $0 > context.tolerance.limit * 2 }) ?? true else { return nil }
        let span = asked ?? usual
        let until = min(told + span, context.observedEnd)
        let demand = demand(at: endpoint, from: told, to: until, context)
        guard demand > 0 else { return nil }
        // What was under way when the answer was read is not held against anybody.
        let start = told + context.tolerance.limit + context.unrecordedStall
        let came = here.filter { $0.began > start && $0.began + context.tolerance.early < until }
        let clause = context.contract.endpoint.throttling
        let wish = asked.map { "429 with Retry-After \(TimeText.of($0))" } ?? "429"
        let text =
            "After \(wish) at \(context.text(told)) \(came.count) attempts began within \(TimeText.of(until - told))"
        guard let rule = clause.value else {
            guard clause.isUnstated else { return nil }
            return .unstated(endpoint.name, "What 429 does to the traffic is not stated; \(lowered(text)).")
        }
        switch rule {
        case .paused:
            // Without a time to wait there is none to be held to.
            guard asked != nil else { return nil }
            guard !came.isEmpty else {
                return .held(endpoint.name, "\(text), when \(demand) were there to be sent.", by: clause.basis)
            }
            return broken(endpoint, "\(text); none was to.", came, refused, context)
        case .slowed:
            let before = here.count { $0.began <= told && told - $0.began < until - told }
            let words = "\(text), and \(before) in the same time before."
            guard before > 1, came.count >= before else { return .held(endpoint.name, words, by: clause.basis) }
            return broken(endpoint, words, came, refused, context)
        }
    }

    private static func broken(
        _ endpoint: EndpointView,
        _ text: String,
        _ came: [AttemptView],
        _ refused: AttemptView,
        _ context: JudgingContext
    ) -> Finding {
        let basis = context.contract.endpoint.throttling.basis
        let doubt = came.last.map { context.uncertainty(at: $0.began) } ?? .none
        guard doubt.isNone else { return .inconclusive(endpoint.name, "\(text) \(doubt.sentence)", by: basis) }
        return .violated(endpoint.name, text, details: context.timeline(of: [refused] + came), by: basis)
    }

    /// How many attempts would have begun in a span if nobody had held them back: first ones of events, and retries that fell due.
    private static func demand(at endpoint: EndpointView, from: Stamp, to: Stamp, _ context: JudgingContext) -> Int {
        context.deliveries.count { delivery in
            guard delivery.endpoint.name == endpoint.name, delivery.duty == .due else { return false }
            if delivery.emission.at >= from { return delivery.emission.at < to }
            let before = delivery.attempts.filter { $0.began <= from }
            guard let last = before.last else { return true }
            guard last.receiverResult.isFailure, let delay = context.promise.delay(after: last.ordinal),
                let origin = context.promise.origin(of: last, in: delivery)
            else { return false }
            // What the same answer puts off by its own Retry-After is no demand.
            return last.receipt?.status != 429 && origin + delay < to
        }
    }

    private static func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
