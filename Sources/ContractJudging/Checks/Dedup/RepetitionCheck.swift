import DeliveryEvidence
import WebhookContracts

/// D3: what was published twice is delivered once.
enum RepetitionCheck {
    static let check = Check(
        "publication.once",
        codes: ["D3"],
        title: "An occurrence that was published twice is delivered once.",
        asks: "After the second publication no request carries the event again, unless its delivery was still failing."
    ) { context in
        let clause = context.contract.publication.once
        let repeated = (context.barred + context.deliveries).filter { $0.emission.emitted.again != nil }
        let open = context.tangled.filter { $0.emission.emitted.again != nil }.map { delivery -> Finding in
            let text = "Nothing on the wire tells the repetition from a retry of the event before it."
            return .unstated(delivery.subject, text)
        }
        return open
            + repeated.compactMap { delivery in
                let earlier = delivery.emission.emitted.again ?? ""
                if clause.isUnstated {
                    let count = delivery.attempts.count
                    let text =
                        "Whether an occurrence published twice is delivered once is not stated; the repetition came"
                    return .unstated(delivery.subject, "\(text) \(count) times.")
                }
                guard delivery.duty == .barred(.repetition(of: earlier)) else { return nil }
                return judge(delivery, of: earlier, context)
            }
    }

    private static func judge(_ repetition: Delivery, of earlier: String, _ context: JudgingContext) -> Finding? {
        let basis = context.contract.publication.once.basis
        let original = context.deliveries.first {
            $0.emission.event == earlier && $0.endpoint.name == repetition.endpoint.name
        }
        // Where the original was never due, its repetition shows nothing.
        guard let original else { return nil }
        let asked = repetition.emission.emitted.asked
        let success = original.attempts.first(where: \.receiverResult.isSuccess)
        let again = original.attempts.filter { attempt in
            success.map { attempt.number > $0.number && attempt.began >= asked } ?? false
        }
        let extra = repetition.attempts + again
        if let first = extra.first {
            let wait = TimeText.of(first.began - asked)
            return .violated(
                repetition.subject,
                "\(earlier) was published a second time, and another delivery came \(wait) later.",
                details: context.timeline(of: original) + context.timeline(of: extra),
                by: basis
            )
        }
        guard !original.attempts.isEmpty else { return nil }
        switch context.silence(since: repetition.emission.at) {
        case .proven(let watched):
            let text = "\(earlier) was published a second time, and nothing more came in \(TimeText.of(watched))."
            return .held(repetition.subject, text, by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(repetition.subject, "The second publication was not delivered, but \(why).", by: basis)
        }
    }
}
