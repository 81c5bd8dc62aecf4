import DeliveryEvidence
import DeliveryScenarios

extension Scenario {
    /// The reply that the script had for what arrived; see ``JudgingContext/scriptedReply(to:)``.
    func scriptedReply(to arrived: AttemptArrived) -> Reply? {
        guard let script = endpoint(named: arrived.endpoint)?.script else { return nil }
        guard let place = arrived.place.flatMap(ReplyPlace.init(text:)) else {
            return script.reply(to: arrived.ordinal)
        }
        return script.reply(at: place)
    }
}

extension JudgingContext {
    /// The reply that the script had for an attempt, as it is written: a spread delay is not drawn.
    ///
    /// The evidence says where in the script it stands. Evidence without places was written by a receiver that had nothing but
    /// turns, so that the attempt's number leads there.
    ///
    /// - Returns: `nil` for the answer to a provider's question, and for an endpoint that the scenario does not have.
    func scriptedReply(to attempt: AttemptView) -> Reply? { scenario.scriptedReply(to: attempt.arrived) }

    /// The lawful answer that the script had for an attempt; `nil` when it had none, or a fault.
    func scriptedResponse(to attempt: AttemptView) -> Response? {
        switch scriptedReply(to: attempt) {
        case .respond(let response)?: response
        // The request is read slowly, and the answer is a whole one.
        case .fault(let fault)? where fault.kind == .slowRead: fault.answer
        case .fault?, nil: nil
        }
    }
}
