import DeliveryEvidence

/// What it means that nothing came.
enum Silence {
    /// It was watched for at least as long as needed.
    case proven(Duration)
    /// The scenario did not look for so long; that is no fault of anybody's.
    case notWatched(Duration)
    /// The scenario meant to look, and something kept it from seeing.
    case doubtful(String)
}

extension JudgingContext {
    /// How long the dispatcher is given where a contract does not say how soon something must come.
    static let patience = Duration.seconds(1)

    /// What silence from `start` to the end of the observation proves, when an answer to it had to come within `needed`.
    func silence(since start: Stamp, needed: Duration = JudgingContext.patience) -> Silence {
        guard isObservationComplete else {
            return .doubtful(
                "the observation ended early (\(history.observation?.value.why ?? "the evidence was cut short"))"
            )
        }
        guard history.dropped == 0 else {
            return .doubtful("\(history.dropped) records of the scenario were lost")
        }
        let watched = watched(from: start)
        guard watched >= needed else { return .notWatched(watched) }
        let doubt = uncertainty(from: start, to: observedEnd)
        guard watched - doubt.amount >= needed else {
            return .doubtful("in the \(TimeText.of(watched)) in which it was watched, \(doubt.why)")
        }
        return .proven(watched)
    }

    /// The first end of a process of the dispatcher within a span.
    func death(from start: Stamp, to end: Stamp) -> Stamp? {
        deaths.first { start <= $0 && $0 <= end }
    }

    /// A moment as messages name it: the time since the run began.
    func text(_ stamp: Stamp) -> String { TimeText.of(stamp - Stamp(nanoseconds: 0)) }
}
