import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// Tells which limits of a contract a scenario came to: a promise that is only ever tried far from its edge is hardly tried.
struct LimitReaching {
    let context: JudgingContext

    /// The limits that the contract sets, with whether something came to them.
    var limits: [(name: String, isReached: Bool)] {
        [responseLimit, lastRetry, everyFailure, retryAfter].compactMap(\.self)
    }

    /// An attempt that was open for nine tenths of the limit, or longer.
    private var responseLimit: (name: String, isReached: Bool)? {
        guard let limit = context.contract.responseLimit.value?.total else { return nil }
        let isReached = context.attempts.contains { attempt in
            guard let ended = attempt.ended else { return false }
            return ended - attempt.began >= limit / 10 * 9
        }
        return ("the response limit", isReached)
    }

    private var lastRetry: (name: String, isReached: Bool)? {
        guard let most = context.promise.most, most > 1 else { return nil }
        return ("the last retry", context.deliveries.contains { $0.attempts.count >= most })
    }

    /// Every kind of failure that is retried was seen.
    private var everyFailure: (name: String, isReached: Bool)? {
        guard let retried = context.contract.retry.failures.value, !context.promise.isFireAndForget else { return nil }
        var left = Set(retried)
        for attempt in context.attempts {
            if case .failure(let kind, _) = attempt.receiverResult { left.remove(kind) }
            if left.isEmpty { break }
        }
        // A handshake that fails leaves no attempt.
        if left.contains(.tls), context.history.connections.contains(where: { $0.handshakeFailed != nil }) {
            left.remove(.tls)
        }
        return ("a failure of every kind that is retried", left.isEmpty)
    }

    private var retryAfter: (name: String, isReached: Bool)? {
        guard context.contract.retry.retryAfter.value != nil else { return nil }
        let isReached = context.attempts.contains { attempt in
            guard let response = context.scriptedResponse(to: attempt) else { return false }
            return response.headers.contains { $0.name.lowercased() == "retry-after" }
        }
        return ("an answer with Retry-After", isReached)
    }
}
