import DeliveryEvidence
import WebhookContracts

/// Y13: switching an endpoint off ends its retries.
enum DisabledRetryCheck {
    static let check = Check(
        "retry.stops-when-disabled",
        codes: ["Y13"],
        title: "No retry goes to an endpoint that was switched off or deleted meanwhile.",
        asks: """
            After the change is acknowledged, no further attempt of a pending delivery comes until the endpoint is switched on \
            again. An attempt that may have been under way proves nothing.
            """
    ) { context in
        context.deliveries.flatMap { delivery in
            delivery.endpoint.changes.filter { $0.value.accepted && $0.value.change != .enabled }.compactMap { change in
                judge(delivery, change, context)
            }
        }
    }

    private static func judge(
        _ delivery: Delivery,
        _ change: Timed<EndpointChanged>,
        _ context: JudgingContext
    ) -> Finding? {
        let before = delivery.attempts.filter { $0.began <= change.at }
        guard let last = before.last, !before.contains(where: \.receiverResult.isSuccess) else { return nil }
        let on = delivery.endpoint.changes.first {
            $0.value.accepted && $0.value.change == .enabled && $0.at > change.at
        }
        let end = on?.value.asked ?? context.observedEnd
        let clause = context.contract.endpoint.toggle
        let how = change.value.change.rawValue
        if let after = delivery.attempts.first(where: { $0.began > change.at && $0.began < end }) {
            let wait = after.began - change.at
            let text = "The endpoint was \(how), and another attempt came \(TimeText.of(wait)) later"
            // What was deleted is no endpoint any more; that needs no promise about switching one off.
            if clause.isUnstated, change.value.change != .deleted {
                return .unstated(delivery.subject(after), "\(text). What switching off does is not stated.")
            }
            let late = context.uncertainty(at: after.began)
            let slack = context.tolerance.limit + context.unrecordedStall + late.amount
            guard wait > slack else {
                let why = late.isNone ? "" : ": \(late.why)"
                return .inconclusive(
                    delivery.subject(after),
                    "\(text), so soon that it may have been under way\(why).",
                    by: clause.basis
                )
            }
            return .violated(
                delivery.subject(after),
                "\(text).",
                details: context.timeline(of: delivery),
                by: clause.basis
            )
        }
        return quiet(delivery, last, change, until: end, context)
    }

    /// No attempt came; that proves something only when one was due.
    private static func quiet(
        _ delivery: Delivery,
        _ last: AttemptView,
        _ change: Timed<EndpointChanged>,
        until end: Stamp,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.endpoint.toggle
        guard case .failure(let kind, let status) = last.receiverResult, !isUsedUp(last, kind, status, context) else {
            return nil
        }
        let how = "The endpoint was \(change.value.change.rawValue), and"
        guard context.promise.retries(kind, status: status) == true, let fewest = context.promise.fewest,
            last.ordinal < fewest,
            let due = context.latest(after: last, in: delivery)
        else {
            // Nobody says that another attempt was to come, so that its absence is only reported.
            guard context.isObservationComplete, context.history.dropped == 0, end > change.at else { return nil }
            let text = "\(how) nothing more came in the \(TimeText.of(end - change.at)) in which it was watched"
            return .unstated(delivery.subject, "\(text). When another attempt would have been due is not stated.")
        }
        guard due <= end else { return nil }
        let text = "\(how) the attempt due by \(context.text(due)) did not come"
        if clause.isUnstated, change.value.change != .deleted {
            return .unstated(delivery.subject, "\(text). What switching off does is not stated.")
        }
        guard context.isObservationComplete, context.history.dropped == 0 else {
            return .inconclusive(delivery.subject, "\(text), but the observation is not complete.", by: clause.basis)
        }
        let doubt = context.clockUncertainty(from: last.began, to: end)
        guard doubt.isNone || end - due > doubt.amount else {
            return .inconclusive(delivery.subject, "\(text), but \(doubt.why).", by: clause.basis)
        }
        return .held(delivery.subject, "\(text).", by: clause.basis)
    }

    /// Says that the contract has no further attempt in store, whatever becomes of the endpoint.
    private static func isUsedUp(
        _ last: AttemptView,
        _ kind: FailureClass,
        _ status: Int?,
        _ context: JudgingContext
    ) -> Bool {
        if context.promise.retries(kind, status: status) == false { return true }
        return context.promise.most.map { last.ordinal >= $0 } ?? false
    }
}
