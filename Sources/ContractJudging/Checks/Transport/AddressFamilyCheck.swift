import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// T10: whichever of a name's addresses is alive is found.
enum AddressFamilyCheck {
    static let check = Check(
        "transport.address-families",
        codes: ["T10"],
        title: "A receiver is reached at any address of its name, IPv6 or IPv4, also when others are dead.",
        asks: "Where a name has an IPv6 address only, or several addresses of which one answers, the event arrives."
    ) { context in
        context.deliveries.compactMap { judge($0, context) }
    }

    private static func judge(_ delivery: Delivery, _ context: JudgingContext) -> Finding? {
        guard let name = context.scriptedName(of: delivery.endpoint), !name.failsAtTimes,
            name.addresses.count > 1 || name.addresses.contains(where: \.isVersion6),
            !context.isOffLimits(delivery.endpoint), !delivery.duty.isBarred
        else { return nil }
        let clause = context.contract.guarantee
        let all = name.addresses.map(\.description).joined(separator: ", ")
        if clause.isUnstated {
            let saw = delivery.attempts.isEmpty ? "nothing came" : "the event came"
            return .unstated(delivery.subject, "How hard deliveries are tried is not stated; at \(all), \(saw).")
        }
        if let first = delivery.attempts.first {
            let wait = TimeText.of(first.began - delivery.emission.at)
            let text = "\(name.name) is at \(all); the event came after \(wait)."
            return .held(delivery.subject, text, by: clause.basis)
        }
        guard context.death(from: delivery.emission.emitted.asked, to: context.observedEnd) == nil else { return nil }
        let asked = context.lookups(of: name.name, since: Stamp(nanoseconds: 0))
        guard !asked.isEmpty else {
            let text = "The scenario's resolver was never asked for \(name.name), so that nothing was put to the test."
            return .inconclusive(delivery.subject, text, by: clause.basis)
        }
        switch context.absence(of: delivery) {
        case .overdue(let watched):
            let families = Set(asked.map(\.value.question)).sorted().joined(separator: " and ")
            let text = "\(name.name) is at \(all); nothing came in \(TimeText.of(watched)). Asked for: \(families)."
            return .violated(delivery.subject, text, by: clause.basis)
        case .queued, .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(
                delivery.subject,
                "\(name.name) is at \(all); nothing came, but \(why).",
                by: clause.basis
            )
        }
    }
}
