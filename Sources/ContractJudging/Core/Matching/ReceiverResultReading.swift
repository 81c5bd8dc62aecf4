import DeliveryEvidence
import WebhookContracts

/// Derives what the dispatcher must have concluded about an attempt, from the receiver's receipt and the contract.
struct ReceiverResultReading {
    let contract: Contract
    let tolerance: JudgingTolerance
    let history: ScenarioHistory
    /// When the evidence about silence ends.
    let observedEnd: Stamp
    /// When processes of the dispatcher ended.
    let deaths: [Stamp]

    init(contract: Contract, tolerance: JudgingTolerance, history: ScenarioHistory) {
        self.contract = contract
        self.tolerance = tolerance
        self.history = history
        observedEnd = history.observedEnd
        deaths = history.deaths
    }

    func result(of attempt: AttemptHistory, connection: ConnectionHistory?) -> ReceiverResult {
        guard let receipt = attempt.ended else {
            return .ambiguous("the evidence ends before the receiver was done with it")
        }
        let origin = limitOrigin(of: attempt.arrived)
        // What a process sent before it died may be read after its death, so that its connection's opening counts.
        let begun = connection.map { min($0.opened.at, attempt.arrived.firstByte) } ?? attempt.arrived.firstByte
        let closing = receipt.closing ?? attempt.connectionClosing
        if let answered = receipt.answerEnded, let status = receipt.status {
            if let closing, closing.by == .dispatcher, closing.at < answered {
                return gaveUp(at: closing.at, begun: begun)
            }
            if let death = death(from: begun, to: answered + tolerance.limit) {
                return .ambiguous(
                    "the dispatcher's process ended \(TimeText.of(max(.zero, death - attempt.arrived.firstByte))) into it"
                )
            }
            let limit = contract.limit(of: attempt.arrived).value?.total
            return answeredResult(status, from: origin, to: answered, within: limit)
        }
        guard let closing else {
            let watched = observedEnd - origin
            if let limit = contract.limit(of: attempt.arrived).value?.total,
                watched > limit + uncertainty(from: origin, to: observedEnd),
                death(from: begun, to: origin + limit + tolerance.limit) == nil
            {
                return .failure(.timeout, status: nil)
            }
            return .ambiguous("it was still open when the observation ended")
        }
        if closing.by == .dispatcher { return gaveUp(at: closing.at, begun: begun) }
        if death(from: begun, to: closing.at + tolerance.limit) != nil {
            return .ambiguous("the dispatcher's process ended during it")
        }
        guard let limit = contract.limit(of: attempt.arrived).value?.total, closing.at - origin > limit else {
            return .failure(.network, status: nil)
        }
        return .failure(.timeout, status: nil)
    }

    /// A complete answer: its status decides, unless it came after the limit.
    private func answeredResult(
        _ status: Int,
        from origin: Stamp,
        to answered: Stamp,
        within limit: Duration?
    ) -> ReceiverResult {
        let result = result(of: status)
        guard let limit else { return result }
        let elapsed = answered - origin
        let uncertainty = uncertainty(from: origin, to: answered)
        if elapsed > limit + uncertainty { return .failure(.timeout, status: nil) }
        // The receiver answers at the very instant at which it means to, however the warped clock is forced before.
        if elapsed >= limit - uncertainty + history.clockUncertainty(from: origin, to: answered).amount {
            return .ambiguous("the answer was complete \(TimeText.of(elapsed)) after the request, at the very limit")
        }
        guard let why = doubtAboutLimit(limit, from: origin, answered) else { return result }
        // It failed either way; which status the dispatcher saw, if any, is not known.
        if case .failure(let kind, _) = result, isLikeTimeout(kind), !isSpecial(status) {
            return .failure(kind, status: nil)
        }
        return .ambiguous("the dispatcher may have given up before it saw the answer, since \(why)")
    }

    /// Why the dispatcher may have come to its limit before it saw an answer that was there in time; `nil` when it cannot
    /// have.
    ///
    /// A warped clock that is forced on does not wait until the dispatcher has read what was sent to it, nor until it has
    /// sent what it began to count from.
    private func doubtAboutLimit(_ limit: Duration, from origin: Stamp, _ answered: Stamp) -> String? {
        let early = history.clockUncertainty(at: origin)
        let late = history.clockUncertainty(from: answered, to: origin + limit)
        let amount = late.amount + early.amount
        guard amount > .zero, answered - origin + amount + tolerance.limit >= limit else { return nil }
        return late.isNone ? early.why : late.why
    }

    /// Says that the contract says something of this one status that it does not say of its class.
    private func isSpecial(_ status: Int) -> Bool {
        [contract.retry.retriedStatuses, contract.retry.finalStatuses].contains { $0.value?.contains(status) == true }
    }

    /// Says that a failure has the same consequences as a timeout would have.
    private func isLikeTimeout(_ kind: FailureClass) -> Bool {
        guard let retried = contract.retry.failures.value else { return false }
        return retried.contains(kind) == retried.contains(.timeout)
    }

    /// What a whole answer in time comes to.
    private func result(of status: Int) -> ReceiverResult {
        // A set of successes that is not stated is taken to be 2xx, which every sender known agrees on.
        if contract.success.value?.contains(status) ?? (200...299).contains(status) { return .success(status: status) }
        switch status {
        case 300...399 where contract.transport.redirects.value == .followed:
            return .ambiguous("a redirect is followed, and what came of it is not seen here")
        case 300...399: return .failure(.redirect, status: status)
        case 500...: return .failure(.serverError, status: status)
        default: return .failure(.clientError, status: status)
        }
    }

    /// The dispatcher closed the connection before it had the answer.
    private func gaveUp(at closing: Stamp, begun: Stamp) -> ReceiverResult {
        guard death(from: begun, to: closing + tolerance.limit) == nil else {
            return .ambiguous("the dispatcher's process ended during it")
        }
        return .failure(.timeout, status: nil)
    }

    private func limitOrigin(of attempt: AttemptArrived) -> Stamp {
        switch contract.limit(of: attempt).value?.measuredFrom {
        case .start?: attempt.firstByte
        case .receipt?, nil: attempt.bodyEnd ?? attempt.headEnd
        }
    }

    private func uncertainty(from start: Stamp, to end: Stamp) -> Duration {
        tolerance.limit + history.uncertainty(from: start, to: end).amount
    }

    private func death(from start: Stamp, to end: Stamp) -> Stamp? {
        deaths.first { start <= $0 && $0 <= end }
    }
}
