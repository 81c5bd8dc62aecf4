import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// T9: an attempt that cannot connect is over at the connect limit, not at the limit for the answer.
enum ConnectLimitCheck {
    static let check = Check(
        "limit.connect",
        codes: ["T9"],
        title: "An attempt whose connection does not come about is given up at the connect limit.",
        asks: """
            While the port refuses connections or answers nothing, each attempt that the log has is over within the connect \
            limit: the next one comes so long after its start as the limit and the promised wait allow.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.deliveries.compactMap { judge($0, log, context) }
    }

    /// A time in which an endpoint's port was out of order.
    private struct Outage {
        var began: Stamp
        var ended: Stamp
        var what: String
    }

    private static func outages(at endpoint: String, _ context: JudgingContext) -> [Outage] {
        let kinds = [Fault.Kind.refuse, .blackhole].map(\.rawValue)
        var outages: [Outage] = []
        for fault in context.history.faults where fault.value.endpoint == endpoint && fault.value.connection == nil {
            guard kinds.contains(where: { fault.value.asked.contains($0) }) else { continue }
            if let last = outages.indices.last, outages[last].ended == context.observedEnd,
                fault.value.wire.contains("takes connections again")
            {
                outages[last].ended = fault.at
            } else {
                outages.append(Outage(began: fault.at, ended: context.observedEnd, what: fault.value.wire))
            }
        }
        return outages
    }

    private static func judge(_ delivery: Delivery, _ log: DeliveryLogIndex, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.transport.connectLimit
        let asked = delivery.emission.emitted.asked
        guard !delivery.duty.isBarred, !context.promise.isFireAndForget,
            let outage = outages(at: delivery.endpoint.name, context).first(where: {
                $0.began <= asked && asked < $0.ended
            }),
            let arrival = delivery.attempts.first, arrival.began >= outage.ended,
            context.death(from: asked, to: arrival.began) == nil,
            context.contract.retry.countedFrom.value != .firstAttempt
        else { return nil }
        if let starts = hidden(delivery, log, context) {
            return judged(delivery, starts + [arrival.began], outage, context)
        }
        guard let delay = context.promise.delay(after: 1) else { return nil }
        let spent = arrival.began - asked - delay
        if clause.isUnstated {
            return .unstated(
                delivery.subject,
                "A connect limit is not stated; \(saw(outage)), \(TimeText.of(spent)) went by."
            )
        }
        guard let limit = clause.value else { return nil }
        guard arrival.began - asked <= context.window(of: delay).latest + context.tolerance.window(around: limit).latest
        else {
            let text =
                "\(saw(outage)), the next attempt came \(TimeText.of(arrival.began - asked)) after the event; the log does not"
                + " tell when the one before began."
            return .inconclusive(delivery.subject, text, by: clause.basis)
        }
        let text = "\(saw(outage)), an attempt took no more than \(TimeText.of(max(.zero, spent)))."
        return .held(delivery.subject, text, by: clause.basis)
    }

    /// When the attempts began of which the receiver saw nothing; `nil` when the log does not say, or has none.
    private static func hidden(_ delivery: Delivery, _ log: DeliveryLogIndex, _ context: JudgingContext) -> [Stamp]? {
        guard let entries = log.records(of: delivery)?.flatMap(\.attempts), entries.count > delivery.attempts.count,
            let start = context.history.startedAt.flatMap(WallTime.init)
        else { return nil }
        let stamps = entries.prefix(entries.count - delivery.attempts.count).map { entry -> Stamp? in
            guard let time = entry.attemptedAt.flatMap(WallTime.init), time.fractionDigits >= 3 else { return nil }
            return Stamp(nanoseconds: 0) + (time.sinceEpoch - start.sinceEpoch)
        }
        return stamps.contains(nil) ? nil : stamps.compactMap(\.self)
    }

    /// Judges how long each attempt but the last took, given when all of them began.
    private static func judged(
        _ delivery: Delivery,
        _ starts: [Stamp],
        _ outage: Outage,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.transport.connectLimit
        var longest: (spent: Duration, wait: Duration, doubt: Uncertainty)?
        for (index, (start, next)) in zip(starts, starts.dropFirst()).enumerated() {
            guard let delay = context.promise.delay(after: index + 1) else { continue }
            let window = context.window(of: delay)
            let spent = next - start - window.earliest
            if spent > longest?.spent ?? .zero - .seconds(1) {
                longest = (spent, window.latest - window.earliest, context.uncertainty(from: start, to: next))
            }
        }
        guard let longest else { return nil }
        let text = "\(saw(outage)), an attempt took \(TimeText.of(max(.zero, longest.spent)))"
        if clause.isUnstated { return .unstated(delivery.subject, "A connect limit is not stated; \(text).") }
        guard let limit = clause.value else { return nil }
        let most = context.tolerance.window(around: limit).latest + longest.wait
        guard longest.spent > most else {
            return .held(delivery.subject, "\(text); the connect limit is \(TimeText.of(limit)).", by: clause.basis)
        }
        guard longest.spent - longest.doubt.amount > most else {
            return .inconclusive(delivery.subject, "\(text), but \(longest.doubt.why).", by: clause.basis)
        }
        return .violated(delivery.subject, "\(text); the connect limit is \(TimeText.of(limit)).", by: clause.basis)
    }

    private static func saw(_ outage: Outage) -> String { "While the port gave \(outage.what)" }
}
