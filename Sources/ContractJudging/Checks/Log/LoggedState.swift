import DeliveryEvidence

/// Where the dispatcher's own log says that a delivery stands.
///
/// A log tells long before the next attempt would have been due whether there will be one.
struct LoggedState {
    /// The dispatcher's word, such as `pending`.
    let word: String
    /// Says that nothing more will be tried.
    let isGivenUp: Bool

    /// The state of a delivery without a success.
    ///
    /// `nil` when the log does not say, or when the endpoint was switched off meanwhile, which is a reason of its own; and
    /// when the log calls the delivery delivered: that is false, but nothing waits for anything then.
    init?(of delivery: Delivery, _ log: DeliveryLogIndex, _ context: JudgingContext) {
        let isSwitched = delivery.endpoint.changes.contains { $0.value.change != .enabled }
        guard !isSwitched, !context.mayBeDisabled(delivery.endpoint), !delivery.attempts.isEmpty,
            delivery.attempts.allSatisfy(\.receiverResult.isFailure),
            let records = log.records(of: delivery), let last = records.last,
            !records.contains(where: log.callsDelivered),
            let isGivenUp = last.isGivenUp, records.allSatisfy({ $0.isGivenUp == isGivenUp })
        else { return nil }
        word = last.state ?? ""
        self.isGivenUp = isGivenUp
    }
}
