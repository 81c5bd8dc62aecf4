import DeliveryEvidence
import Notation
import WebhookContracts

/// C2: the number of attempts counts through all lives of the dispatcher.
enum BudgetCheck {
    static let check = Check(
        "crash.budget-survives",
        codes: ["C2"],
        title: "A crash does not make a dispatcher forget how often it has tried.",
        asks: """
            A delivery that fails in several lives of the dispatcher has no more attempts in all than the contract gives, but for \
            one more for each attempt whose end the dispatcher may not have noted when it was ended.
            """
    ) { context in
        context.deliveries.compactMap { judge($0, context) }
    }

    private static func judge(_ delivery: Delivery, _ context: JudgingContext) -> Finding? {
        guard let first = delivery.attempts.first, let last = delivery.attempts.last else { return nil }
        let deaths = context.deaths.filter { first.began <= $0 && $0 <= last.began }
        let lives = livesTouched(by: delivery, deaths)
        guard lives > 1 else { return nil }
        let clause = context.contract.retry.attempts
        let count = delivery.attempts.count
        if clause.isUnstated {
            let text = "How often a delivery is attempted is not stated; \(count) attempts came in \(lives) lives."
            return .unstated(delivery.subject, text)
        }
        guard let most = context.promise.most else { return nil }
        let doubtful = delivery.attempts.count { isDoubtful($0, deaths, context) }
        let seen = "\(count) attempts came in \(lives) lives of the dispatcher; \(most) are promised"
        guard count > most else {
            guard count == most, delivery.attempts.allSatisfy(\.receiverResult.isFailure) else { return nil }
            return used(delivery, last, "\(seen).", clause.basis, context)
        }
        let cut = "\(doubtful) of them may have ended without the dispatcher's knowledge"
        guard count > most + doubtful else { return .held(delivery.subject, "\(seen), and \(cut).", by: clause.basis) }
        let text = doubtful == 0 ? "\(seen)." : "\(seen), and \(cut)."
        return .violated(delivery.subject, text, details: context.timeline(of: delivery), by: clause.basis)
    }

    /// All promised attempts were made: that none follows has to be watched.
    private static func used(
        _ delivery: Delivery,
        _ last: AttemptView,
        _ text: String,
        _ basis: Basis,
        _ context: JudgingContext
    ) -> Finding? {
        let needed = max(JudgingContext.patience, context.tolerance.window(around: context.promise.longestDelay).latest)
        switch context.silence(since: last.ended ?? last.began, needed: needed) {
        case .proven: return .held(delivery.subject, text, by: basis)
        case .notWatched: return nil
        case .doubtful(let why): return .inconclusive(delivery.subject, "\(text) But \(why).", by: basis)
        }
    }

    private static func livesTouched(by delivery: Delivery, _ deaths: [Stamp]) -> Int {
        var touched: Set<Int> = []
        for attempt in delivery.attempts { touched.insert(deaths.count { $0 < attempt.began }) }
        return touched.count
    }

    /// Says that the dispatcher ended during an attempt, or so soon after it that it may not have noted how it went.
    private static func isDoubtful(_ attempt: AttemptView, _ deaths: [Stamp], _ context: JudgingContext) -> Bool {
        let over = attempt.ended.map { $0 + JudgingContext.patience / 2 } ?? context.observedEnd
        return deaths.contains { attempt.began <= $0 && $0 <= over }
    }
}
