import DeliveryEvidence
import WebhookContracts

/// U5: a large event is delivered or refused, and never lost without a word.
enum LargeBodyCheck {
    /// From how many bytes on a body counts as large.
    static let large = 512 * 1024

    static let check = Check(
        "burst.large-bodies",
        codes: ["U5"],
        title: "A large event is delivered whole, or refused when it is handed over.",
        asks: """
            An event with a body of half a mebibyte and more comes whole to each of its endpoints, or its hand-over is answered \
            with an error.
            """
    ) { context in
        let big = context.emissions.filter { $0.emitted.payload.bytes.count >= large }
        return big.flatMap { judge($0, context) }
    }

    private static func judge(_ emission: EmissionView, _ context: JudgingContext) -> [Finding] {
        let size = words(emission.emitted.payload.bytes.count)
        guard emission.emitted.accepted else {
            let subject = emission.event
            guard let status = emission.emitted.status, status >= 400 else {
                let text =
                    "The hand-over of an event of \(size) was not answered: \(emission.emitted.detail.prefix(80))."
                return [.inconclusive(subject, text, by: Basis())]
            }
            return [
                .held(subject, "An event of \(size) was refused with \(status) when it was handed over.", by: Basis())
            ]
        }
        let own = context.deliveries.filter { $0.emission.number == emission.number && ArrivalCheck.isOwed($0) }
        return own.compactMap { judge($0, size, context) }
    }

    private static func judge(_ delivery: Delivery, _ size: String, _ context: JudgingContext) -> Finding? {
        let sent = delivery.emission.emitted.payload.bytes.count
        // What a dispatcher adds, drops or writes otherwise is little against what is large.
        if let whole = delivery.attempts.first(where: { $0.isWhole && $0.arrived.body.bytes.count >= sent / 2 }) {
            let came = words(whole.arrived.body.bytes.count)
            return .held(delivery.subject, "An event of \(size) came as a body of \(came).", by: Basis())
        }
        if let cut = delivery.attempts.first(where: \.isWhole) {
            let came = words(cut.arrived.body.bytes.count)
            return .violated(
                delivery.subject,
                "An event of \(size) was accepted and came as a body of \(came).",
                details: context.timeline(of: delivery),
                by: Basis()
            )
        }
        // An attempt that was cut off by the receiver shows neither.
        guard delivery.attempts.isEmpty else { return nil }
        let asked = delivery.emission.emitted.asked
        guard context.death(from: asked, to: context.observedEnd) == nil, !context.mayBeDisabled(delivery.endpoint),
            !delivery.endpoint.changes.contains(where: { $0.value.accepted && $0.at >= asked })
        else { return nil }
        switch context.absence(of: delivery) {
        case .queued: return nil
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "An event of \(size) did not come, but \(why).", by: Basis())
        case .notWatched(let watched):
            let text = "An event of \(size) did not come within \(TimeText.of(watched)), which is too short to tell."
            return .inconclusive(delivery.subject, text, by: Basis())
        case .overdue(let watched):
            let rows = DeliveryLogIndex(context).records(of: delivery) ?? []
            if rows.contains(where: { $0.isGivenUp == true }) {
                let text = "An event of \(size) was accepted, and the delivery log tells that it was not delivered."
                return .held(delivery.subject, text, by: Basis())
            }
            let never = context.nothingEver(since: delivery.emission.at)
            return .violated(
                delivery.subject,
                "An event of \(size) was accepted and dropped: nothing came in \(TimeText.of(watched))\(never).",
                by: Basis()
            )
        }
    }

    private static func words(_ count: Int) -> String {
        let mebibytes = (Double(count) / 1_048_576 * 10).rounded() / 10
        return "\(mebibytes) MiB"
    }
}
