import DeliveryEvidence
import Notation
import WebhookContracts

/// Finds the event each attempt of one endpoint belongs to.
///
/// Tried in order: the dispatcher's own id for the event, values that only one event's body holds, the key receivers
/// deduplicate by, and at last the order of arrival per event type. Where an endpoint was switched on, which may bring a
/// request that carries no event, a body about another subject needs more than its type to be taken for an event.
struct AttemptMatching {
    private let contract: Contract
    private let emissions: [EmissionView]
    private let markers: PayloadMarkers
    private let numbersByID: [String: Int]

    init(contract: Contract, emissions: [EmissionView]) {
        self.contract = contract
        self.emissions = emissions
        markers = PayloadMarkers(emissions: emissions, contract: contract)
        let named = emissions.compactMap { emission in
            emission.emitted.dispatcherID.flatMap { $0.isEmpty ? nil : ($0, emission.number) }
        }
        numbersByID = Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    /// The emission's number for each attempt, by the attempt's place in `attempts`; no entry for a stray.
    func owners(of attempts: [AttemptView], at endpoint: EndpointView) -> [Int: Int] {
        let activations = endpoint.changes.filter { $0.value.accepted && $0.value.change == .enabled }
        let activated = contract.endpoint.activationDelivery.value == false ? nil : activations.first?.value.asked
        var owners: [Int: Int] = [:]
        var marked: [Int: (numbers: [Int], isSure: Bool)] = [:]
        var sharing: [String: [Int]] = [:]
        for (index, attempt) in attempts.enumerated() {
            if let identity = identity(of: attempt) { sharing[identity, default: []].append(index) }
            owners[index] = byID(attempt) ?? byMarkers(attempt, activated, &marked)
        }
        for group in sharing.values { shareByKey(group, attempts, &owners) }
        guard owners.count < attempts.count else {
            separateRepetitions(attempts, &owners)
            return owners
        }
        var taken = Set(owners.values)
        for (index, attempt) in attempts.enumerated() where owners[index] == nil {
            guard let owner = byArrival(attempt, activated, taken: taken) else { continue }
            owners[index] = owner
            taken.insert(owner)
            if let group = identity(of: attempt).flatMap({ sharing[$0] }) { shareByKey(group, attempts, &owners) }
        }
        separateRepetitions(attempts, &owners)
        return owners
    }

    /// What identifies the delivery to a receiver: the dedup key, else the event's id, else what the receiver counted by.
    func identity(of attempt: AttemptView) -> String? {
        if let key = contract.dedup.value {
            if let header = key.header, let value = attempt.header(header) { return value }
            let values = key.fields.compactMap { attempt.body.text(at: $0) }
            if !key.fields.isEmpty, values.count == key.fields.count { return values.joined(separator: "\u{0}") }
        }
        return eventIDs(of: attempt).first ?? attempt.arrived.deliveryKey
    }

    private func eventIDs(of attempt: AttemptView) -> [String] {
        var ids: [String] = []
        if let header = contract.header(carrying: .eventID)?.name { ids += attempt.arrived.values(of: header) }
        if let pointer = contract.body.field(playing: .eventID)?.pointer, let id = attempt.body.text(at: pointer) {
            ids.append(id)
        }
        return ids
    }

    private func byID(_ attempt: AttemptView) -> Int? {
        eventIDs(of: attempt).lazy.compactMap { numbersByID[$0] }.first { isCandidate($0, for: attempt) }
    }

    private func byMarkers(
        _ attempt: AttemptView,
        _ activated: Stamp?,
        _ marked: inout [Int: (numbers: [Int], isSure: Bool)]
    ) -> Int? {
        let found = marked[attempt.bodyNumber] ?? markers.owners(in: attempt.body)
        marked[attempt.bodyNumber] = found
        let (owners, isSure) = found
        return owners.first { isCandidate($0, for: attempt) && (isSure || !isForeign(attempt, to: $0, activated)) }
    }

    /// Says that an attempt is about another subject than the event, and may be what switching the endpoint on brought.
    private func isForeign(_ attempt: AttemptView, to number: Int, _ activated: Stamp?) -> Bool {
        guard let activated, activated <= attempt.began,
            let own = emissions[number - 1].payload.flatMap(contract.body.subject),
            let seen = attempt.body.value.flatMap(contract.body.subject)
        else { return false }
        return (own.stringValue ?? own.compact()) != (seen.stringValue ?? seen.compact())
    }

    /// An event cannot arrive before it was handed over.
    private func isCandidate(_ number: Int, for attempt: AttemptView) -> Bool {
        emissions.indices.contains(number - 1) && emissions[number - 1].emitted.asked <= attempt.began
    }

    /// Gives the attempts of one identity that belong to no event to the event of the first that does.
    private func shareByKey(_ group: [Int], _ attempts: [AttemptView], _ owners: inout [Int: Int]) {
        guard let owner = group.compactMap({ owners[$0] }).first else { return }
        for index in group where owners[index] == nil {
            // A key that comes back before its event was handed over tells of a key that is no key.
            if isCandidate(owner, for: attempts[index]) { owners[index] = owner }
        }
    }

    private func byArrival(_ attempt: AttemptView, _ activated: Stamp?, taken: Set<Int>) -> Int? {
        let candidates = emissions.filter {
            isCandidate($0.number, for: attempt) && !isForeign(attempt, to: $0.number, activated)
        }
        guard let name = eventName(of: attempt) else {
            return candidates.count == 1 ? candidates.first?.number : nil
        }
        let ofType = candidates.filter { contract.event(named: $0.type)?.sentName ?? $0.type == name }
        // Without anything that identifies a delivery, a second request of the only event is its retry.
        if ofType.count == 1 { return ofType.first?.number }
        let free = ofType.filter { !taken.contains($0.number) }
        // What was refused is the last to be expected.
        return (free.first(where: \.emitted.accepted) ?? free.first)?.number
    }

    private func eventName(of attempt: AttemptView) -> String? {
        if let pointer = contract.body.field(playing: .eventType)?.pointer, let name = attempt.body.text(at: pointer) {
            return name
        }
        if let header = contract.header(carrying: .eventType)?.name, let name = attempt.header(header) { return name }
        return nil
    }

    /// A second publication has the body of the first, so only a second identity tells that both were delivered.
    private func separateRepetitions(_ attempts: [AttemptView], _ owners: inout [Int: Int]) {
        let byName = Dictionary(emissions.map { ($0.event, $0.number) }, uniquingKeysWith: { first, _ in first })
        for repetition in emissions {
            guard let earlier = repetition.emitted.again.flatMap({ byName[$0] }), earlier != repetition.number else {
                continue
            }
            let group = attempts.indices.filter { owners[$0] == earlier || owners[$0] == repetition.number }
            let first = group.first.flatMap { identity(of: attempts[$0]) }
            for index in group where attempts[index].began >= repetition.emitted.asked {
                guard let identity = identity(of: attempts[index]), identity != first, byID(attempts[index]) == nil
                else {
                    continue
                }
                owners[index] = repetition.number
            }
        }
    }
}
