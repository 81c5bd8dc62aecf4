import DeliveryEvidence
import WebhookContracts

/// X2: an endpoint that was switched off gets nothing.
enum DisabledCheck {
    static let check = Check(
        "endpoint.disabled-gets-nothing",
        codes: ["X2"],
        title: "An endpoint that was switched off gets no event until it is switched on again.",
        asks: """
            From the acknowledgement on, no request carries an event that was handed over while the endpoint was off; events \
            handed over after it was switched on again come.
            """
    ) { context in
        let clause = context.contract.endpoint.toggle
        return context.barred.flatMap { delivery -> [Finding] in
            guard delivery.duty == .barred(.disabled) || delivery.duty == .barred(.deleted) else { return [] }
            let asked = delivery.emission.emitted.asked
            let switches = delivery.endpoint.changes.filter { $0.value.accepted }
            // An endpoint that was never on is the business of `endpoint.starts-deactivated`.
            guard let off = switches.last(where: { $0.at <= asked && $0.value.change != .enabled }) else { return [] }
            let on = switches.first { $0.value.change == .enabled && $0.at > asked }
            let early = delivery.attempts.filter { attempt in on.map { attempt.began < $0.value.asked } ?? true }
            let how = "was \(off.value.change.rawValue) at \(context.text(off.at))"
            if clause.isUnstated, off.value.change == .disabled {
                let saw = "\(early.count) requests came to an endpoint that \(how)"
                return [.unstated(delivery.subject, "Whether an endpoint can be switched off is not stated; \(saw).")]
            }
            if let first = early.first {
                let text = "The endpoint \(how), and the event came at \(context.text(first.began)) all the same."
                return [.violated(delivery.subject, text, details: context.timeline(of: early), by: clause.basis)]
            }
            return quiet(delivery, how, until: on?.value.asked, context, clause.basis)
        } + resumed(context)
    }

    private static func quiet(
        _ delivery: Delivery,
        _ how: String,
        until on: Stamp?,
        _ context: JudgingContext,
        _ basis: Basis
    ) -> [Finding] {
        var findings: [Finding] = []
        if !delivery.attempts.isEmpty {
            let text =
                "What becomes of events of the meantime is not stated; this one came when it was switched on again."
            findings.append(.unstated(delivery.subject, text))
        }
        let text = "The endpoint \(how), and the event did not come"
        if let on {
            let doubt = context.clockUncertainty(from: delivery.emission.at, to: on)
            guard on - delivery.emission.at - doubt.amount >= JudgingContext.patience / 2 else { return findings }
            let span = TimeText.of(on - delivery.emission.at)
            return findings + [.held(delivery.subject, "\(text) in \(span) until it was switched on again.", by: basis)]
        }
        switch context.silence(since: delivery.emission.at) {
        case .proven(let watched):
            findings.append(.held(delivery.subject, "\(text) in \(TimeText.of(watched)).", by: basis))
        case .notWatched: break
        case .doubtful(let why): findings.append(.inconclusive(delivery.subject, "\(text), but \(why).", by: basis))
        }
        return findings
    }

    /// Events after the endpoint was switched on again come; that they do not is a violation of `delivery.arrives`.
    private static func resumed(_ context: JudgingContext) -> [Finding] {
        context.deliveries.compactMap { delivery in
            let past = delivery.endpoint.changes.filter {
                $0.value.accepted && $0.at <= delivery.emission.emitted.asked
            }
            guard let off = past.first(where: { $0.value.change == .disabled }),
                past.contains(where: { $0.value.change == .enabled && $0.at > off.at }), delivery.duty == .due,
                !delivery.attempts.isEmpty, !context.contract.endpoint.toggle.isUnstated
            else { return nil }
            return .held(
                delivery.subject,
                "Switched on again, the endpoint gets events again.",
                by: context.contract.endpoint.toggle.basis
            )
        }
    }
}
