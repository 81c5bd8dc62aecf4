package import DeliveryEvidence
import WebhookContracts

extension JudgingContext {
    /// Says that the observation reached its planned end.
    package var isObservationComplete: Bool { history.observation?.value.complete ?? false }

    /// Why silence since `start` proves nothing; `nil` when it does: the observation came to its planned end, and lasted
    /// for as long as the contract lets a first attempt take (a second where it does not say).
    package func doubtAboutSilence(since start: Stamp) -> String? {
        guard isObservationComplete else {
            return "the observation ended early (\(history.observation?.value.why ?? "the evidence was cut short"))"
        }
        let needed = contract.latency.value ?? .seconds(1)
        let watched = watched(from: start)
        guard watched >= needed else {
            return
                "it was watched for \(TimeText.of(watched)) only, and an attempt may take \(TimeText.of(needed)) to start"
        }
        let doubt = clockUncertainty(from: start, to: observedEnd)
        return watched - doubt.amount < needed ? doubt.why : nil
    }

    /// For how long the receivers were watched after `start`; zero when they were not.
    package func watched(from start: Stamp) -> Duration {
        max(.zero, observedEnd - start)
    }
}

extension ScenarioHistory {
    /// The stated end of the observation, or the last thing seen when the evidence was cut short.
    var observedEnd: Stamp {
        if let observation { return observation.at }
        let seen =
            attempts.map { $0.ended?.answerEnded ?? $0.arrived.firstByte } + emissions.map(\.at) + changes.map(\.at)
        return seen.max() ?? Stamp(nanoseconds: 0)
    }

    var deaths: [Stamp] {
        lives.flatMap { life in
            let kills = life.signals.filter { $0.value.signal == "KILL" }.map(\.at)
            guard let exited = life.exited else { return kills }
            let isDone = exited.value.expected && life.signals.isEmpty && exited.value.status.hasPrefix("exit")
            return isDone ? kills : kills + [exited.at]
        }
    }
}
