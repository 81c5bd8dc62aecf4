import DeliveryEvidence
import WebhookContracts

/// D4: two events never share a key.
enum DistinctKeyCheck {
    static let check = Check(
        "dedup.keys-differ",
        codes: ["D1", "D4"],
        title: "Two events never share a deduplication key.",
        asks: "At one endpoint, no two events that are not repetitions of each other arrive with the same whole key."
    ) { context in
        guard let reading = DedupReading(context.contract) else {
            guard context.contract.dedup.isUnstated, context.emissions.count > 1 else { return [] }
            return [.unstated(nil, "By what receivers tell \(context.emissions.count) events apart is not stated.")]
        }
        return context.endpoints.flatMap { judge($0, reading, context) }
    }

    private static func judge(_ endpoint: EndpointView, _ reading: DedupReading, _ context: JudgingContext) -> [Finding]
    {
        let basis = context.contract.dedup.basis
        var owners: [String: Delivery] = [:]
        var keyed = 0
        var findings: [Finding] = []
        for delivery in context.deliveries
        where delivery.endpoint.name == endpoint.name && delivery.emission.emitted.again == nil {
            let keys = Set(delivery.attempts.compactMap { reading.whole(of: $0) })
            if !keys.isEmpty { keyed += 1 }
            for key in keys {
                guard let other = owners[key] else {
                    owners[key] = delivery
                    continue
                }
                let pair = "\(other.emission.event) and \(delivery.emission.event)"
                // Changes of one item within the resolution of its time have one natural key; no dispatcher can help it.
                if reading.key.header == nil, let handed = reading.fieldKey(of: delivery.emission),
                    handed == reading.fieldKey(of: other.emission)
                {
                    findings.append(
                        .unstated(
                            delivery.subject,
                            "\(pair) were handed over with the same natural key, so that a receiver drops one of them."
                        )
                    )
                    continue
                }
                findings.append(
                    .violated(
                        delivery.subject,
                        "\(pair) have the same key.",
                        alsoAbout: [other.subject],
                        by: basis
                    )
                )
            }
        }
        guard findings.isEmpty, keyed > 1 else { return findings }
        return [.held(endpoint.name, "\(keyed) events have as many keys.", by: basis)]
    }
}
