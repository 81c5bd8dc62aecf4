import DeliveryEvidence
import WebhookContracts

/// U3: an endpoint that is back is not overrun with what it missed.
enum RecoveryCheck {
    static let check = Check(
        "burst.recovery-is-paced",
        codes: ["U3"],
        title: "An endpoint that was down gets what it missed at the pace that is promised.",
        asks: """
            From the first success after a failure on, no more attempts are open at the endpoint at once, and no more begin in \
            a stretch of time, than the contract says. Judged where more than that had to come.
            """
    ) { context in
        context.endpoints.compactMap { judge($0, context) }
    }

    private static func judge(_ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let here = context.attempts.filter { $0.arrived.endpoint == endpoint.name }.sorted { $0.began < $1.began }
        guard let failed = here.first(where: \.receiverResult.isFailure),
            let back = here.first(where: { $0.receiverResult.isSuccess && $0.began > failed.began })
        else { return nil }
        let waiting = context.deliveries.filter { delivery in
            delivery.endpoint.name == endpoint.name && delivery.emission.at <= back.began
                && !delivery.attempts.contains { $0.receiverResult.isSuccess && $0.began < back.began }
        }
        // One delivery that is tried again is no traffic.
        guard waiting.count > 2 else { return nil }
        let pace = EndpointPace(at: endpoint, from: back.began, context)
        let terms = context.contract.endpoint
        let missed =
            "\(waiting.count) deliveries waited at \(context.text(back.began)), when the endpoint took one again"
        guard terms.concurrency.value != nil || terms.rate.value != nil else {
            guard terms.concurrency.isUnstated, terms.rate.isUnstated else { return nil }
            return .unstated(endpoint.name, "At which pace an endpoint is caught up with is not stated; \(pace.words).")
        }
        let findings = [
            terms.concurrency.value.flatMap { concurrency(pace, most: $0, endpoint, missed, waiting.count, context) },
            terms.rate.value.flatMap { rate(pace, $0, endpoint, missed, waiting.count, context) },
        ].compactMap(\.self)
        return findings.max { $0.outcome.weight < $1.outcome.weight }
    }

    /// Holds the attempts that were open at once against the promise; `nil` when no more could have been.
    static func concurrency(
        _ pace: EndpointPace,
        most: Int,
        _ endpoint: EndpointView,
        _ missed: String,
        _ demand: Int,
        _ context: JudgingContext
    ) -> Finding? {
        guard demand > most, let peak = pace.peak else { return nil }
        let basis = context.contract.endpoint.concurrency.basis
        let text = "\(missed); \(peak.count) attempts were open at once, and at most \(most) are promised"
        guard peak.count > most else { return .held(endpoint.name, "\(text).", by: basis) }
        return doubted(peak.at, "\(text), from \(context.text(peak.at)) on.", endpoint, basis, context)
    }

    private static func rate(
        _ pace: EndpointPace,
        _ rate: DeliveryRate,
        _ endpoint: EndpointView,
        _ missed: String,
        _ demand: Int,
        _ context: JudgingContext
    ) -> Finding? {
        guard demand > rate.count, let busiest = pace.busiest(rate.window) else { return nil }
        let basis = context.contract.endpoint.rate.basis
        let window = TimeText.of(rate.window)
        let text = "\(missed); \(busiest.count) attempts began in \(window), and at most \(rate.count) are promised"
        guard busiest.count > rate.count else { return .held(endpoint.name, "\(text).", by: basis) }
        return doubted(busiest.at, "\(text), from \(context.text(busiest.at)) on.", endpoint, basis, context)
    }

    /// Stamps that are late bring requests together that came apart.
    private static func doubted(
        _ moment: Stamp,
        _ text: String,
        _ endpoint: EndpointView,
        _ basis: Basis,
        _ context: JudgingContext
    ) -> Finding {
        let doubt = context.uncertainty(at: moment)
        guard doubt.isNone else { return .inconclusive(endpoint.name, "\(text) \(doubt.sentence)", by: basis) }
        return .violated(endpoint.name, text, by: basis)
    }
}
