import DeliveryEvidence
import Notation
import WebhookContracts

/// The dispatcher's own delivery log, looked up by delivery.
struct DeliveryLogIndex {
    private let read: DeliveryLogRead?
    private var byEvent: [String: [LoggedDelivery]] = [:]
    private var byPayload: [[UInt8]: [LoggedDelivery]] = [:]
    private let success: StatusSet
    private var eventsByID: [String: Set<Int>] = [:]
    private var repeated: Set<Int> = []
    private static let successWords = ["succeeded", "success", "successful", "delivered", "ok"]
    private static let openWords = [
        "in flight", "in progress", "under way", "pending", "queued", "running", "sending", "interrupted",
    ]

    /// Indexes what the log said in the end, or at another reading of it.
    init(_ context: JudgingContext, read other: DeliveryLogRead? = nil) {
        read = other ?? context.history.deliveryLog
        success = context.contract.success.value ?? StatusSet(ranges: [200...299])
        for row in rows {
            if let id = row.eventID { byEvent[id, default: []].append(row) }
            if let payload = row.payload { byPayload[payload.bytes, default: []].append(row) }
        }
        for delivery in context.deliveries {
            let emission = delivery.emission
            if let id = emission.emitted.dispatcherID { eventsByID[id, default: []].insert(emission.number) }
            guard let earlier = emission.emitted.again else { continue }
            repeated.insert(emission.number)
            repeated.formUnion(context.emissions.filter { $0.event == earlier }.map(\.number))
        }
    }

    /// Says that the dispatcher has a log and gave it.
    var isAvailable: Bool { read?.available ?? false }

    /// Why there is none.
    var obstacle: String { read?.detail ?? "the log was not read" }

    var rows: [LoggedDelivery] { isAvailable ? read?.deliveries ?? [] : [] }

    /// Says that an event that was published again has the same id or body, so that the log mixes their records.
    func isShared(_ delivery: Delivery) -> Bool {
        if let id = delivery.emission.emitted.dispatcherID, !byEvent.isEmpty { return eventsByID[id]?.count ?? 0 > 1 }
        return repeated.contains(delivery.emission.number)
    }

    /// Every record of a delivery; `nil` when nothing tells which records are its own.
    func records(of delivery: Delivery) -> [LoggedDelivery]? {
        guard isAvailable, !isShared(delivery) else { return nil }
        if let id = delivery.emission.emitted.dispatcherID, !byEvent.isEmpty {
            return (byEvent[id] ?? []).filter { isAt(delivery.endpoint, $0) }
        }
        let bodies = Set(delivery.attempts.map(\.body.bytes))
        guard !bodies.isEmpty, !byPayload.isEmpty else { return nil }
        return bodies.flatMap { byPayload[$0] ?? [] }.filter { isAt(delivery.endpoint, $0) }
    }

    private func isAt(_ endpoint: EndpointView, _ row: LoggedDelivery) -> Bool {
        guard let url = row.url else { return true }
        return url == endpoint.opened?.url || endpoint.urls.contains(url)
    }

    /// The log's entry for an attempt; `nil` when it cannot be told which one it is.
    func entry(of attempt: AttemptView, in delivery: Delivery) -> LoggedAttempt? {
        guard let entries = records(of: delivery)?.flatMap(\.attempts), entries.count == delivery.attempts.count,
            entries.indices.contains(attempt.ordinal - 1)
        else { return nil }
        return entries[attempt.ordinal - 1]
    }

    /// What the log makes of an attempt; `nil` when it does not say.
    func outcome(of entry: LoggedAttempt) -> LoggedOutcome? {
        let word = entry.outcome?.lowercased() ?? ""
        if Self.successWords.contains(word) { return .delivered }
        if Self.openWords.contains(word) { return .open }
        if entry.error != nil { return .failed }
        if let code = entry.responseCode {
            return success.contains(code) && !word.hasPrefix("fail") ? .delivered : .failed
        }
        return word.isEmpty ? nil : .failed
    }

    /// Whether a record as a whole calls its delivery delivered, by its last attempt or by its state.
    func callsDelivered(_ row: LoggedDelivery) -> Bool {
        row.attempts.last.flatMap(outcome) == .delivered || Self.successWords.contains(row.state?.lowercased() ?? "")
    }

    func outcome(of attempt: AttemptView, in delivery: Delivery) -> LoggedOutcome? {
        entry(of: attempt, in: delivery).flatMap(outcome)
    }
}

/// What a delivery log makes of an attempt.
enum LoggedOutcome {
    case delivered
    case failed
    /// It is not over, or nobody knows how it went.
    case open
}
