import DeliveryEvidence
import WebhookContracts

/// What it means that no attempt of an event came to an endpoint.
enum Absence {
    /// It had to come, and was watched for so long.
    case overdue(Duration)
    /// Attempts that the same endpoint kept open may have kept it waiting to the end.
    case queued
    /// The scenario did not look for long enough.
    case notWatched(Duration)
    /// The scenario meant to look, and something kept it from seeing.
    case doubtful(String)
}

extension JudgingContext {
    /// How long an event may take to start: what the contract promises, or else what everybody gets.
    var timeToStart: Duration { contract.latency.value ?? Self.patience }

    /// What the absence of every attempt of a delivery proves.
    ///
    /// A dispatcher may hold only so many requests to one endpoint open. Time in which an attempt hangs there does not
    /// count; what counts is one stretch without any that is long enough to start in.
    func absence(of delivery: Delivery) -> Absence {
        let accepted = delivery.emission.at
        switch silence(since: accepted, needed: timeToStart) {
        case .doubtful(let why): return .doubtful(why)
        case .notWatched(let watched): return .notWatched(watched)
        case .proven(let watched):
            var free = accepted
            for attempt in hangingAttempts(at: delivery.endpoint.name) {
                if hasTimeToStart(from: free, to: attempt.began) { return .overdue(watched) }
                free = max(free, attempt.ended ?? observedEnd)
            }
            return hasTimeToStart(from: free, to: observedEnd) ? .overdue(watched) : .queued
        }
    }

    private func hasTimeToStart(from start: Stamp, to end: Stamp) -> Bool {
        end - start - uncertainty(from: start, to: end).amount >= timeToStart
    }

    /// What an endpoint answered before an event was overdue there, when that was 410 and the contract is silent about
    /// endpoints that it disables by itself; `nil` otherwise.
    ///
    /// RFC 9110 section 15.5.11: gone means that the resource is no longer there, and likely for good.
    func goneBefore(_ delivery: Delivery) -> String? {
        guard contract.disablement.automatic.isUnstated else { return nil }
        guard let gone = gone(delivery.endpoint.name), gone < delivery.emission.at + timeToStart else { return nil }
        return "after the answer at \(text(gone)) the event did not come"
    }
}
