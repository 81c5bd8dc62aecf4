import DeliveryEvidence
import WebhookContracts

/// Shares out the requests of an event that was published again, where nothing on the wire tells the publications apart.
struct RepetitionMatching {
    let contract: Contract

    /// One publication of an event, at one endpoint.
    struct Publication {
        var emission: EmissionView
        var duty: Duty
        var attempts: [AttemptView] = []
    }

    /// Says that neither an id of the event nor a key stands on the wire.
    var isNeeded: Bool {
        contract.header(carrying: .eventID) == nil && contract.body.field(playing: .eventID) == nil
            && contract.dedup.value?.header == nil
    }

    /// The emissions of each event that was published more than once, in order.
    static func families(of emissions: [EmissionView]) -> [[EmissionView]] {
        let again = Dictionary(grouping: emissions.filter { $0.emitted.again != nil }) { $0.emitted.again ?? "" }
        return emissions.compactMap { first in
            guard first.emitted.again == nil, let later = again[first.event] else { return nil }
            return [first] + later
        }
    }

    /// Gives each publication the requests up to its success; what comes later belongs to the next one.
    ///
    /// - Returns: whether the requests stay tangled: one publication still failed when the next was handed over, so that
    ///   a request may be a retry of the one or the delivery of the other.
    static func share(_ attempts: [AttemptView], among publications: inout [Publication]) -> Bool {
        var current = 0
        for attempt in attempts {
            while current + 1 < publications.count, isDone(publications[current]),
                publications[current + 1].emission.emitted.asked <= attempt.began
            {
                current += 1
            }
            publications[current].attempts.append(attempt.numbered(publications[current].attempts.count + 1))
        }
        return zip(publications, publications.dropFirst()).contains { publication, next in
            let handed = next.emission.emitted.asked
            let attempts = publication.attempts
            return attempts.contains { !$0.receiverResult.isSuccess } && attempts.contains { $0.began >= handed }
        }
    }

    private static func isDone(_ publication: Publication) -> Bool {
        publication.duty.isBarred || publication.attempts.contains(where: \.receiverResult.isSuccess)
    }
}
