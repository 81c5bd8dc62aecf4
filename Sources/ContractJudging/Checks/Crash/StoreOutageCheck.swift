import DeliveryEvidence
import WebhookContracts

/// C5: a store that cannot be used for a while costs no event, and sets off no endless loop.
enum StoreOutageCheck {
    /// How many lines a second a dispatcher may write about a store that is away, beside the first hundred.
    static let linesPerSecond = 20
    private static let freeLines = 100

    static let check = Check(
        "crash.store-outage",
        codes: ["C5"],
        title: "While its store is unavailable a dispatcher loses no event and does not run wild.",
        asks: """
            Every event that was accepted before or during the outage has an attempt after the store is back, unless it was \
            delivered or given up before; and in the outage no more than 20 lines a second are written, beside the first 100.
            """
    ) { context in
        context.history.standstills.filter { $0.what == .store }.flatMap { outage -> [Finding] in
            let end = outage.ended ?? context.observedEnd
            return [chatter(outage, until: end, context)]
                + context.deliveries.compactMap { judge($0, outage, context) }
        }
    }

    /// What was written during the outage.
    private static func chatter(_ outage: Standstill, until end: Stamp, _ context: JudgingContext) -> Finding {
        let lines = context.history.output.filter { $0.at >= outage.began && $0.at <= end }
        let length = end - outage.began
        let seconds = Double(length.components.seconds) + 1
        let allowed = freeLines + Int(Double(linesPerSecond) * seconds)
        let text = "\(lines.count) lines were written in \(TimeText.of(length)) without a store"
        guard lines.count > allowed else { return .held(nil, "\(text).", by: Basis()) }
        let details = lines.suffix(3).map { String($0.value.line.prefix(120)) }
        return .violated(nil, "\(text); \(allowed) are more than enough.", details: details, by: Basis())
    }

    private static func judge(_ delivery: Delivery, _ outage: Standstill, _ context: JudgingContext) -> Finding? {
        guard ArrivalCheck.isOwed(delivery), let back = outage.ended, delivery.emission.at <= back else { return nil }
        let before = delivery.attempts.filter { $0.began <= outage.began }
        guard !before.contains(where: \.receiverResult.isSuccess) else { return nil }
        // What was given up, or falls due much later, is not what the outage is about.
        let needed = (context.contract.latency.value ?? .zero) + JudgingContext.patience * 2
        var due = max(back, delivery.emission.at)
        if let last = before.last {
            guard case .failure(let kind, _) = last.receiverResult, context.promise.retries(kind) == true,
                context.promise.most.map({ before.count < $0 }) ?? true,
                let latest = context.latest(after: last, in: delivery)
            else { return nil }
            due = max(due, latest)
        }
        let guarantee = context.contract.guarantee
        if let next = delivery.attempts.first(where: { $0.began > outage.began }) {
            let text = "The event came at \(context.text(next.began)), when the store had been away."
            return guarantee.value == nil ? nil : .held(delivery.subject, text, by: guarantee.basis)
        }
        guard guarantee.value != nil else {
            return .unstated(delivery.subject, "How hard the provider tries is not stated; the event did not come.")
        }
        guard guarantee.value != .bestEffort else { return nil }
        guard context.death(from: delivery.emission.emitted.asked, to: context.observedEnd) == nil,
            !context.mayBeDisabled(delivery.endpoint),
            !delivery.endpoint.changes.contains(where: { $0.value.accepted && $0.at >= outage.began })
        else { return nil }
        if due > context.observedEnd, context.isObservationComplete { return nil }
        let text =
            "An event that was accepted at \(context.text(delivery.emission.at)) did not come after the store was back"
        switch context.silence(since: due, needed: needed) {
        case .proven(let watched):
            let never = context.nothingEver(since: back)
            return .violated(
                delivery.subject,
                "\(text), in \(TimeText.of(watched))\(never).",
                details: context.timeline(of: delivery),
                by: guarantee.basis
            )
        case .notWatched(let watched):
            let words = "\(text); it was watched for \(TimeText.of(watched)), and it may take \(TimeText.of(needed))."
            return .inconclusive(delivery.subject, words, by: guarantee.basis)
        case .doubtful(let why): return .inconclusive(delivery.subject, "\(text), but \(why).", by: guarantee.basis)
        }
    }
}
